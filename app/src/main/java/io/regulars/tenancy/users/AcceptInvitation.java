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
import io.regulars.tenancy.access.Passwords;
import io.regulars.tenancy.access.Role;
import io.regulars.tenancy.access.SessionDao;
import io.regulars.tenancy.access.UserDao;
import io.regulars.tenancy.access.UserId;
import io.regulars.tenancy.accountmail.AccountNotices;
import io.regulars.tenancy.audit.AuditDao;
import io.regulars.tenancy.forms.Form;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Makes a colleague of whoever holds the link of an invitation. Somebody new chooses a password
 * with it and is logged in; somebody who has an account keeps the password they have.
 */
public final class AcceptInvitation {

    private final ControlDb control;
    private final Clock clock;
    private final Signer signer;
    private final Passwords passwords;

    public AcceptInvitation(ControlDb control, Clock clock, Signer signer, Passwords passwords) {
        this.control = control;
        this.clock = clock;
        this.signer = signer;
        this.passwords = passwords;
    }

    /**
     * An invitation as its link shows it.
     *
     * @param needsPassword whether the address has no account yet
     */
    public record Invitation(
            String businessName, String email, Role role, Locale locale, boolean needsPassword) {}

    /**
     * What came of it.
     *
     * @param session of somebody new
     */
    public record Accepted(
            UserId user,
            TenantId tenant,
            String businessName,
            Role role,
            SessionDao.@Nullable Opened session) {}

    /** What the link invites to; empty when it is not valid, used or too old. */
    public Optional<Invitation> look(String token) {
        return id(token)
                .flatMap(id ->
                        control.inTransaction(handle ->
                                new InvitationDao(handle)
                                        .lock(id, clock.now())
                                        .map(invited -> invitation(handle, invited))));
    }

    /**
     * Accepts it.
     *
     * @param password of somebody new
     * @throws Problem 422 {@code token_invalid}, or with pointers where the password will not do
     */
    public Accepted handle(String token, @Nullable SecretText password) {
        InvitationId id = id(token).orElseThrow(AcceptInvitation::invalid);
        Invitation invitation = look(token).orElseThrow(AcceptInvitation::invalid);
        String hash = "";
        if (invitation.needsPassword()) {
            Form form = new Form();
            SecretText fit = passwords.read(form, "/password", password, invitation.email());
            form.check();
            // Between two transactions: it is slow, and a connection is dear.
            hash = passwords.hash(fit);
        }
        String chosen = hash;
        return control.inTransaction(handle -> accepted(handle, id, chosen));
    }

    private Accepted accepted(Handle handle, InvitationId id, String hash) {
        Instant now = clock.now();
        InvitationDao invitations = new InvitationDao(handle);
        InvitationDao.Invited invited =
                invitations.lock(id, now).orElseThrow(AcceptInvitation::invalid);
        UserDao users = new UserDao(handle);
        boolean isNew = users.findByEmail(invited.email()).isEmpty();
        if (isNew && hash.isEmpty()) {
            // The account went away meanwhile; the next try asks for a password.
            throw invalid();
        }
        UserId user =
                isNew
                        ? users.findOrCreate(invited.email(), hash, now)
                        : users.findByEmail(invited.email()).orElseThrow().id();
        if (!new TeamDao(handle).belongs(invited.tenant(), invited.email())) {
            users.join(invited.tenant(), user, invited.role(), now);
        }
        invitations.delete(invited.tenant(), id);
        note(handle, invited, user, now);
        return new Accepted(
                user,
                invited.tenant(),
                invited.businessName(),
                invited.role(),
                isNew ? new SessionDao(handle).open(user, invited.tenant(), now) : null);
    }

    private static void note(
            Handle handle, InvitationDao.Invited invited, UserId user, Instant now) {
        Actors.enter(user.toString());
        try {
            new AuditDao(handle)
                    .note(
                            invited.tenant(),
                            "user.joined",
                            user.toString(),
                            Map.of(),
                            Map.of("role", invited.role().key()),
                            now);
        } finally {
            Actors.leave();
        }
    }

    private static Invitation invitation(Handle handle, InvitationDao.Invited invited) {
        return new Invitation(
                invited.businessName(),
                invited.email(),
                invited.role(),
                AccountNotices.locale(invited.locale()),
                new UserDao(handle).findByEmail(invited.email()).isEmpty());
    }

    private Optional<InvitationId> id(String token) {
        return signer.verify(Purpose.ACCEPT_INVITATION, token, clock.now())
                .flatMap(InvitationId::parse);
    }

    private static Problem invalid() {
        return Problem.of(
                        ProblemType.TOKEN_INVALID,
                        "This invitation is not valid, has been used, or is too old. Ask for a new one.")
                .at("/token", "token_invalid");
    }
}
