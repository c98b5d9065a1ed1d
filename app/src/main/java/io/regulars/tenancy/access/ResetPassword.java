package io.regulars.tenancy.access;

import io.regulars.platform.db.ControlDb;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.secrets.Purpose;
import io.regulars.platform.secrets.SecretText;
import io.regulars.platform.secrets.Signer;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.forms.Form;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sets a new password by the link of a mail, and ends every session of the user. The link holds a
 * print of the password it replaces, so that it is good for one change.
 */
public final class ResetPassword {

    private static final int PRINT_BYTES = 8;

    private final ControlDb control;
    private final Clock clock;
    private final Signer signer;
    private final Passwords passwords;
    private final Credentials credentials;
    private final LoginThrottle throttle;

    public ResetPassword(
            ControlDb control,
            Clock clock,
            Signer signer,
            Passwords passwords,
            Credentials credentials,
            LoginThrottle throttle) {
        this.control = control;
        this.clock = clock;
        this.signer = signer;
        this.passwords = passwords;
        this.credentials = credentials;
        this.throttle = throttle;
    }

    /**
     * @param network where the request came from; logging in from there is open from now on
     * @throws Problem 422 {@code token_invalid}, or with pointers where the password will not do
     */
    public void handle(String token, @Nullable SecretText password, String network) {
        String[] parts =
                signer.verify(Purpose.RESET_PASSWORD, token, clock.now())
                        .orElseThrow(ResetPassword::invalid)
                        .split("\\.", -1);
        UserId id = UserId.parse(parts[0]).orElseThrow(ResetPassword::invalid);
        UserDao.User user =
                control.inTransaction(handle -> new UserDao(handle).lock(id))
                        .filter(found -> payload(found).equals(String.join(".", parts)))
                        .orElseThrow(ResetPassword::invalid);
        Form form = new Form();
        SecretText fit = passwords.read(form, "/password", password, user.email());
        form.check();
        // Hashed between two transactions: it is slow, and a connection is dear.
        String hash = passwords.hash(fit);
        control.run(handle -> {
            UserDao users = new UserDao(handle);
            Optional<UserDao.User> unchanged =
                    users.lock(id).filter(now -> now.passwordHash().equals(user.passwordHash()));
            if (unchanged.isEmpty()) {
                throw invalid();
            }
            users.setPassword(id, hash);
            new SessionDao(handle).revokeAll(id, clock.now());
            throttle.welcome(user.email(), network);
        });
        credentials.forget(id);
    }

    static String payload(UserDao.User user) {
        return user.id()
                + "."
                + HexFormat.of().formatHex(Sha256.of(user.passwordHash()), 0, PRINT_BYTES);
    }

    private static Problem invalid() {
        return Problem.of(
                        ProblemType.TOKEN_INVALID,
                        "This link is not valid, has been used, or is too old. Ask for a new one.")
                .at("/token", "token_invalid");
    }
}
