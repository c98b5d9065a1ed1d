package io.regulars.tenancy.users;

import io.regulars.platform.db.ControlDb;
import io.regulars.platform.http.Actors;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.secrets.Purpose;
import io.regulars.platform.secrets.SecretText;
import io.regulars.platform.secrets.Signer;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.access.LoginThrottle;
import io.regulars.tenancy.access.Passwords;
import io.regulars.tenancy.access.UserDao;
import io.regulars.tenancy.access.UserId;
import io.regulars.tenancy.accountmail.AccountLinks;
import io.regulars.tenancy.accountmail.AccountMailDao;
import io.regulars.tenancy.accountmail.AccountMailer;
import io.regulars.tenancy.accountmail.AccountNotices;
import io.regulars.tenancy.accountmail.Notice;
import io.regulars.tenancy.accountmail.NoticeSource;
import io.regulars.tenancy.audit.AuditDao;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;

/**
 * Gives a user another e-mail address: asked for with the password, confirmed by a link that goes
 * to the new one, told to the old one. The link holds a print of address and password as they were,
 * so that it is good for one change.
 */
public final class ChangeEmail {

    private static final Duration VALID = Duration.ofHours(1);

    private final ControlDb control;
    private final Clock clock;
    private final Signer signer;
    private final Passwords passwords;
    private final LoginThrottle throttle;
    private final AccountMailer mailer;

    public ChangeEmail(
            ControlDb control,
            Clock clock,
            Signer signer,
            Passwords passwords,
            LoginThrottle throttle,
            AccountMailer mailer) {
        this.control = control;
        this.clock = clock;
        this.signer = signer;
        this.passwords = passwords;
        this.throttle = throttle;
        this.mailer = mailer;
    }

    /**
     * Has the link mailed. Whether the new address is taken is not told; its holder gets no mail
     * then.
     *
     * @param network where the request came from
     * @throws Problem 422 for a wrong password; 429 after too many of them
     */
    void ask(UserId id, String email, SecretText password, String network) {
        UserDao.User user =
                control.inTransaction(handle -> new UserDao(handle).find(id)).orElseThrow();
        LoginThrottle.Attempt attempt = throttle.attempt(user.email(), network);
        if (!passwords.matches(password, Optional.of(user.passwordHash()))) {
            throw Problem.invalid("/password", "wrong_password", "This is not your password.");
        }
        throttle.succeeded(attempt);
        boolean _ =
                control.inTransaction(handle ->
                        AccountNotices.planAskedFor(
                                new AccountMailDao(handle),
                                "email_change",
                                email,
                                id.toString(),
                                clock.now()));
        mailer.wake();
    }

    /**
     * Changes the address.
     *
     * @throws Problem 422 {@code token_invalid}
     */
    public void confirm(String token) {
        String[] parts =
                signer.verify(Purpose.CHANGE_EMAIL, token, clock.now())
                        .orElseThrow(ChangeEmail::invalid)
                        .split(" ", 3);
        UserId id =
                Optional.of(parts)
                        .filter(found -> found.length == 3)
                        .flatMap(found -> UserId.parse(found[0]))
                        .orElseThrow(ChangeEmail::invalid);
        control.run(handle -> change(handle, id, parts[1], parts[2]));
        mailer.wake();
    }

    private void change(Handle handle, UserId id, String print, String email) {
        UserDao users = new UserDao(handle);
        UserDao.User user =
                users.lock(id)
                        .filter(found -> found.print().equals(print))
                        .orElseThrow(ChangeEmail::invalid);
        if (users.findByEmail(email).isPresent()) {
            throw invalid();
        }
        users.setEmail(id, email);
        AccountNotices.plan(
                new AccountMailDao(handle),
                "email_changed",
                user.email(),
                id.toString(),
                clock.now());
        Actors.enter(id.toString());
        try {
            for (TenantId shop : new TeamDao(handle).shopsOf(id)) {
                new AuditDao(handle)
                        .note(
                                shop,
                                "user.email_changed",
                                id.toString(),
                                Map.of("email", user.email()),
                                Map.of("email", email),
                                clock.now());
            }
        } finally {
            Actors.leave();
        }
    }

    /** The mails of such a change. */
    public List<NoticeSource> notices(AccountLinks links) {
        return List.of(
                source(
                        "email_change",
                        (user, recipient) ->
                                new Notice(
                                        locale(user.id()),
                                        Map.of(),
                                        links.emailChange(token(user, recipient)))),
                source(
                        "email_changed",
                        (user, recipient) ->
                                new Notice(
                                        locale(user.id()), Map.of("email", user.email()), null)));
    }

    private NoticeSource source(String kind, BiFunction<UserDao.User, String, Notice> written) {
        return new NoticeSource() {
            @Override
            public String kind() {
                return kind;
            }

            @Override
            public Optional<Notice> notice(String recipient, String about) {
                return UserId.parse(about)
                        .flatMap(id ->
                                control.inTransaction(handle -> {
                                    UserDao users = new UserDao(handle);
                                    return users.find(id)
                                            .filter(user -> users.findByEmail(recipient).isEmpty());
                                }))
                        .map(user -> written.apply(user, recipient));
            }
        };
    }

    private String token(UserDao.User user, String email) {
        return signer.sign(
                Purpose.CHANGE_EMAIL,
                user.id() + " " + user.print() + " " + email,
                Optional.of(clock.now().plus(VALID)));
    }

    private Locale locale(UserId id) {
        return control.inTransaction(handle -> new UserDao(handle).locale(id));
    }

    private static Problem invalid() {
        return Problem.of(
                        ProblemType.TOKEN_INVALID,
                        "This link is not valid, has been used, or is too old. Ask for a new one.")
                .at("/token", "token_invalid");
    }
}
