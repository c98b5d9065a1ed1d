package io.regulars.tenancy.users;

import io.regulars.platform.db.ControlDb;
import io.regulars.platform.http.IfMatch;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.access.Credentials;
import io.regulars.tenancy.access.Role;
import io.regulars.tenancy.access.UserId;
import io.regulars.tenancy.accountmail.AccountMailDao;
import io.regulars.tenancy.accountmail.AccountMailer;
import io.regulars.tenancy.accountmail.AccountNotices;
import io.regulars.tenancy.audit.AuditDao;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Invites people to a shop, gives them other roles, sends them away. */
public final class EditTeam {

    static final Duration INVITED_FOR = Duration.ofDays(7);

    private final ControlDb control;
    private final Clock clock;
    private final AccountMailer mailer;
    private final Credentials credentials;
    private final Seats seats;

    public EditTeam(
            ControlDb control,
            Clock clock,
            AccountMailer mailer,
            Credentials credentials,
            Seats seats) {
        this.control = control;
        this.clock = clock;
        this.mailer = mailer;
        this.credentials = credentials;
        this.seats = seats;
    }

    /**
     * Invites somebody by mail. Whether the address has an account elsewhere is nobody's business.
     *
     * @throws Problem 409 {@code already_member}; 422 {@code plan_limit_reached}; 429 for an
     *     address that was invited again and again
     */
    TeamDao.Colleague invite(TenantId tenant, String email, Role role) {
        InvitationId id = InvitationId.next();
        Instant now = clock.now();
        Instant expires = now.plus(INVITED_FOR);
        control.run(handle -> {
            TeamDao team = new TeamDao(handle);
            if (team.belongs(tenant, email)) {
                throw Problem.of(
                        ProblemType.ALREADY_MEMBER, email + " belongs to this shop already.");
            }
            new InvitationDao(handle).insert(id, tenant, email, role, now, expires);
            seats.check(tenant, team.size(tenant, now) - 1);
            // The link that is mailed is the only one that works: without a mail there is none.
            if (!AccountNotices.planAskedFor(
                    new AccountMailDao(handle), InvitationNotice.KIND, email, id.toString(), now)) {
                throw Problem.of(
                                ProblemType.TOO_MANY_REQUESTS,
                                email
                                        + " was invited several times within an hour; the last invitation still works.")
                        .retryAfter(Duration.ofHours(1));
            }
            new AuditDao(handle)
                    .note(
                            tenant,
                            "user.invited",
                            id.toString(),
                            Map.of(),
                            Map.of("email", email, "role", role.key()),
                            now);
        });
        mailer.wake();
        return new TeamDao.Colleague(id.uuid(), true, email, role, now, null, expires);
    }

    /**
     * Gives another role; answers the colleague as they are then.
     *
     * @throws Problem 404; 409 {@code last_owner}; 412
     */
    TeamDao.Colleague changeRole(TenantId tenant, UserId user, Role role, IfMatch ifMatch) {
        TeamDao.Colleague changed =
                control.inTransaction(handle -> {
                    TeamDao team = new TeamDao(handle);
                    List<UserId> owners = team.lockOwners(tenant);
                    TeamDao.Colleague before = found(team.find(tenant, user));
                    ifMatch.check(before.version(), "role");
                    if (role != Role.OWNER) {
                        keepAnOwner(owners, user);
                    }
                    team.changeRole(tenant, user, role);
                    new AuditDao(handle)
                            .note(
                                    tenant,
                                    "user.role_changed",
                                    user.toString(),
                                    Map.of("role", before.role().key()),
                                    Map.of("role", role.key()),
                                    clock.now());
                    return found(team.find(tenant, user));
                });
        credentials.forget(user);
        return changed;
    }

    /**
     * Sends somebody away; their sessions in this shop end at once.
     *
     * @throws Problem 404; 409 {@code last_owner}
     */
    void remove(TenantId tenant, UserId user) {
        control.run(handle -> {
            TeamDao team = new TeamDao(handle);
            List<UserId> owners = team.lockOwners(tenant);
            TeamDao.Colleague gone = found(team.find(tenant, user));
            keepAnOwner(owners, user);
            team.remove(tenant, user);
            new AuditDao(handle)
                    .note(
                            tenant,
                            "user.removed",
                            user.toString(),
                            Map.of("email", gone.email(), "role", gone.role().key()),
                            Map.of(),
                            clock.now());
        });
        credentials.forget(user);
    }

    /**
     * Gives another role to somebody who is invited.
     *
     * @throws Problem 404; 412
     */
    TeamDao.Colleague changeRole(TenantId tenant, InvitationId id, Role role, IfMatch ifMatch) {
        return control.inTransaction(handle -> {
            InvitationDao invitations = new InvitationDao(handle);
            TeamDao.Colleague before = found(invitations.find(tenant, id, clock.now()));
            ifMatch.check(before.version(), "role");
            invitations.changeRole(tenant, id, role);
            new AuditDao(handle)
                    .note(
                            tenant,
                            "invitation.changed",
                            id.toString(),
                            Map.of("role", before.role().key()),
                            Map.of("role", role.key()),
                            clock.now());
            return found(invitations.find(tenant, id, clock.now()));
        });
    }

    void withdraw(TenantId tenant, InvitationId id) {
        control.run(handle -> {
            if (!new InvitationDao(handle).delete(tenant, id)) {
                throw Problem.notFound("user");
            }
            new AuditDao(handle)
                    .note(
                            tenant,
                            "invitation.withdrawn",
                            id.toString(),
                            Map.of(),
                            Map.of(),
                            clock.now());
        });
    }

    /** Forgets invitations that nobody accepted; answers how many. */
    public int forgetInvitations(Instant expiredBefore) {
        return control.inTransaction(handle -> new InvitationDao(handle).forget(expiredBefore));
    }

    private static TeamDao.Colleague found(Optional<TeamDao.Colleague> colleague) {
        return colleague.orElseThrow(() -> Problem.notFound("user"));
    }

    private static void keepAnOwner(List<UserId> owners, UserId leaving) {
        if (owners.equals(List.of(leaving))) {
            throw Problem.of(
                    ProblemType.LAST_OWNER,
                    "This is the shop's only owner; make somebody else an owner first.");
        }
    }
}
