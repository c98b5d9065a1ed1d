package io.regulars.tenancy.signups;

import io.regulars.platform.db.ControlDb;
import io.regulars.platform.db.Side;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.secrets.Purpose;
import io.regulars.platform.secrets.Signer;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.access.ApiKeyDao;
import io.regulars.tenancy.access.Role;
import io.regulars.tenancy.access.Scope;
import io.regulars.tenancy.access.SessionDao;
import io.regulars.tenancy.access.UserDao;
import io.regulars.tenancy.access.UserId;
import io.regulars.tenancy.tenants.FoundTenant;
import io.regulars.tenancy.tenants.PrepareSide;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Makes the shop of a verified signup, in three steps: the tenant with its owner; its first
 * program; keys and session, which are shown in this one answer. A crash between the steps leaves a
 * signup that the same link takes up where it was; behind the last step the link is used up.
 */
public final class VerifySignup {

    private final ControlDb control;
    private final Clock clock;
    private final Signer signer;
    private final FoundTenant foundTenant;
    private final PrepareSide prepareSide;

    public VerifySignup(
            ControlDb control,
            Clock clock,
            Signer signer,
            FoundTenant foundTenant,
            PrepareSide prepareSide) {
        this.control = control;
        this.clock = clock;
        this.signer = signer;
        this.foundTenant = foundTenant;
        this.prepareSide = prepareSide;
    }

    /**
     * The new shop and what opens it.
     *
     * @param keepsPassword whether the owner goes on logging in with the password of before
     */
    public record Verified(
            TenantId tenant,
            ApiKeyDao.Issued liveKey,
            ApiKeyDao.Issued testKey,
            SessionDao.Opened session,
            boolean keepsPassword) {}

    /**
     * A signup as its link shows it.
     *
     * @param used whether its shop is open already
     * @param keepsPassword whether the owner has an account, and a password, already
     */
    public record Invitation(
            String businessName, Locale locale, boolean used, boolean keepsPassword) {}

    /** What the link would open, without opening it; empty when it is not valid or too old. */
    public Optional<Invitation> look(String token) {
        return signup(token)
                .flatMap(id ->
                        control.inTransaction(handle ->
                                new SignupDao(handle)
                                        .find(id)
                                        .map(signup ->
                                                new Invitation(
                                                        signup.details().businessName(),
                                                        signup.details().locale(),
                                                        signup.verified(),
                                                        keepsPassword(
                                                                new UserDao(handle), signup)))));
    }

    /**
     * Whether the address belongs to somebody already: a new shop is no way to another password,
     * for the link may lie in anybody's mail.
     */
    static boolean keepsPassword(UserDao users, SignupDao.Signup signup) {
        return users.findByEmail(signup.email())
                .filter(owner -> !owner.passwordHash().equals(signup.passwordHash()))
                .isPresent();
    }

    /**
     * Opens the shop.
     *
     * @throws Problem 422 {@code token_invalid}
     */
    public Verified handle(String token) {
        SignupId id =
                signup(token)
                        .orElseThrow(() ->
                                invalid("This link is not valid, or is too old. Sign up again."));
        TenantId tenant = foundTenant.within((handle, found) -> founded(handle, id, found));
        prepareSide.handle(tenant, Side.LIVE);
        return control.inTransaction(handle -> opened(handle, id, tenant));
    }

    private Optional<SignupId> signup(String token) {
        return signer.verify(Purpose.VERIFY_SIGNUP, token, clock.now()).flatMap(SignupId::parse);
    }

    private TenantId founded(
            Handle handle, SignupId id, Function<FoundTenant.Details, TenantId> found) {
        SignupDao signups = new SignupDao(handle);
        SignupDao.Signup signup = unverified(signups, id);
        if (signup.tenant() != null) {
            return signup.tenant();
        }
        Instant now = clock.now();
        TenantId tenant = found.apply(signup.details());
        if (DisposableAddresses.has(signup.email())) {
            FoundTenant.markDisposable(handle, tenant);
        }
        UserDao users = new UserDao(handle);
        String hash =
                Objects.requireNonNull(signup.passwordHash(), "an open signup has a password");
        users.join(tenant, users.findOrCreate(signup.email(), hash, now), Role.OWNER, now);
        signups.setTenant(id, tenant);
        return tenant;
    }

    private Verified opened(Handle handle, SignupId id, TenantId tenant) {
        SignupDao signups = new SignupDao(handle);
        boolean keepsPassword = keepsPassword(new UserDao(handle), unverified(signups, id));
        Instant now = clock.now();
        signups.setVerified(id, now);
        UserId owner = new UserDao(handle).firstOwner(tenant).orElseThrow();
        ApiKeyDao keys = new ApiKeyDao(handle);
        return new Verified(
                tenant,
                keys.issue(tenant, Side.LIVE, Scope.ADMIN, "Signup", now),
                keys.issue(tenant, Side.TEST, Scope.ADMIN, "Signup", now),
                new SessionDao(handle).open(owner, tenant, now),
                keepsPassword);
    }

    private static SignupDao.Signup unverified(SignupDao signups, SignupId id) {
        SignupDao.Signup signup =
                signups.lock(id)
                        .orElseThrow(() -> invalid("This signup has expired. Sign up again."));
        if (signup.verified()) {
            throw invalid("This link was already used. Log in to see the shop.");
        }
        return signup;
    }

    private static Problem invalid(String detail) {
        return Problem.of(ProblemType.TOKEN_INVALID, detail).at("/token", "token_invalid");
    }
}
