package io.regulars.tenancy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.dropwizard.auth.AuthValueFactoryProvider;
import io.dropwizard.core.setup.Environment;
import io.regulars.platform.db.ControlDb;
import io.regulars.platform.db.Databases;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.limits.RateLimits;
import io.regulars.platform.secrets.Signer;
import io.regulars.platform.smtp.Mailbox;
import io.regulars.platform.smtp.Relay;
import io.regulars.platform.templates.Templates;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.access.AccessFeature;
import io.regulars.tenancy.access.ApiKeyResource;
import io.regulars.tenancy.access.Authentication;
import io.regulars.tenancy.access.BearerChallenge;
import io.regulars.tenancy.access.Caller;
import io.regulars.tenancy.access.Credentials;
import io.regulars.tenancy.access.LastUse;
import io.regulars.tenancy.access.LogIn;
import io.regulars.tenancy.access.LoginThrottle;
import io.regulars.tenancy.access.PasswordResetLetter;
import io.regulars.tenancy.access.PasswordResetResource;
import io.regulars.tenancy.access.Passwords;
import io.regulars.tenancy.access.RequestLimits;
import io.regulars.tenancy.access.ResetPassword;
import io.regulars.tenancy.access.RevokeTenantAccess;
import io.regulars.tenancy.access.SessionDao;
import io.regulars.tenancy.access.SessionResource;
import io.regulars.tenancy.access.TellOwners;
import io.regulars.tenancy.access.UserDao;
import io.regulars.tenancy.accountmail.AccountLinks;
import io.regulars.tenancy.accountmail.AccountMailDao;
import io.regulars.tenancy.accountmail.AccountMailer;
import io.regulars.tenancy.accountmail.AccountNotices;
import io.regulars.tenancy.accountmail.Letter;
import io.regulars.tenancy.accountmail.NoticeSource;
import io.regulars.tenancy.auditlog.AuditLogResource;
import io.regulars.tenancy.plans.Entitlements;
import io.regulars.tenancy.plans.PlannedLimits;
import io.regulars.tenancy.plans.Plans;
import io.regulars.tenancy.signups.SignUp;
import io.regulars.tenancy.signups.SignupDao;
import io.regulars.tenancy.signups.SignupLetter;
import io.regulars.tenancy.signups.SignupResource;
import io.regulars.tenancy.signups.VerifySignup;
import io.regulars.tenancy.tenants.ArchiveTenant;
import io.regulars.tenancy.tenants.ChangeProfile;
import io.regulars.tenancy.tenants.ChecklistSource;
import io.regulars.tenancy.tenants.EndTenant;
import io.regulars.tenancy.tenants.EndTenantResource;
import io.regulars.tenancy.tenants.FoundTenant;
import io.regulars.tenancy.tenants.HoldSending;
import io.regulars.tenancy.tenants.NewSide;
import io.regulars.tenancy.tenants.OpenDoor;
import io.regulars.tenancy.tenants.PrepareSide;
import io.regulars.tenancy.tenants.SenderIdentity;
import io.regulars.tenancy.tenants.SendingResource;
import io.regulars.tenancy.tenants.SpareSchemas;
import io.regulars.tenancy.tenants.SpoolArchives;
import io.regulars.tenancy.tenants.StopSending;
import io.regulars.tenancy.tenants.TenantDirectory;
import io.regulars.tenancy.tenants.TenantResource;
import io.regulars.tenancy.tenants.TenantStateTask;
import io.regulars.tenancy.tenants.TenantStates;
import io.regulars.tenancy.tenants.TestDataResource;
import io.regulars.tenancy.tenants.TestSides;
import io.regulars.tenancy.users.AcceptInvitation;
import io.regulars.tenancy.users.ChangeEmail;
import io.regulars.tenancy.users.EditTeam;
import io.regulars.tenancy.users.EmailChangeResource;
import io.regulars.tenancy.users.InvitationNotice;
import io.regulars.tenancy.users.InvitationResource;
import io.regulars.tenancy.users.UserResource;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Makes what the storey consists of: shops with their two sides, people, keys and sessions, plans.
 * {@code House} builds it before the storeys above, which add their notices, checklist and new
 * sides to it; only then are {@code endpoints} and jobs asked for.
 */
public final class TenancyModule {

    private static final Duration KEPT = Duration.ofDays(30);
    private static final int DROPPED_AT_ONCE = 20;
    private static final Duration NODES_KNOWN = Duration.ofSeconds(10);

    private final Outside outside;
    private final ControlDb control;
    private final Clock clock;
    private final TenantDirectory directory;
    private final SpareSchemas spares;
    private final PrepareSide prepareSide;
    private final TestSides testSides;
    private final VerifySignup verifySignup;
    private final LastUse lastUse;
    private final Credentials credentials;
    private final TenantStates states;
    private final AccountMailer mailer;
    private final Passwords passwords;
    private final AccountNotices notices = new AccountNotices();
    private final LoginThrottle throttle;
    private final Entitlements entitlements;
    private final EndTenant endTenant;
    private final EditTeam editTeam;
    private final ChangeEmail changeEmail;

    /** What the storey takes from below. */
    public record Outside(
            Databases databases,
            Clock clock,
            Signer signer,
            Relay relay,
            Templates templates,
            Mailbox from,
            URI publicUrl,
            int passwordMemoryKib,
            Terms terms) {}

    /**
     * What shops may use.
     *
     * @param billing whether there is anything to pay; if not, plans limit nobody
     * @param requestsPerSecond of a shop whose plan says nothing; 0 for no limit
     * @param strangerRequestsPerSecond of a network without credentials; 0 for no limit
     */
    public record Terms(
            Plans plans, boolean billing, int requestsPerSecond, int strangerRequestsPerSecond) {

        /** Without plans and limits. */
        public static final Terms FREE = new Terms(Plans.read(""), false, 0, 0);
    }

    /**
     * Makes the objects; nothing runs yet.
     *
     * @param newSides what a new side gets before anybody sees it
     */
    public TenancyModule(Outside outside, List<NewSide> newSides) {
        this.outside = outside;
        this.passwords = new Passwords(outside.passwordMemoryKib());
        this.control = outside.databases().control();
        this.clock = outside.clock();
        this.directory = new TenantDirectory(control, outside.databases().schemas());
        this.spares =
                new SpareSchemas(
                        control,
                        outside.databases().schemas(),
                        clock,
                        outside.databases().settings().spareSchemas());
        this.prepareSide = new PrepareSide(control, clock, directory, newSides);
        this.testSides = new TestSides(spares, prepareSide);
        this.verifySignup =
                new VerifySignup(
                        control,
                        clock,
                        outside.signer(),
                        new FoundTenant(spares, clock),
                        prepareSide);
        this.lastUse = new LastUse(control, clock);
        this.credentials = new Credentials(control, clock, lastUse);
        this.states =
                new TenantStates(control, clock, directory, new RevokeTenantAccess(credentials));
        this.throttle = new LoginThrottle(control, clock);
        AccountLinks links = new AccountLinks(outside.publicUrl());
        this.mailer =
                new AccountMailer(
                        control,
                        clock,
                        outside.relay(),
                        outside.templates(),
                        outside.from(),
                        List.of(
                                new SignupLetter(control, clock, outside.signer(), links),
                                new PasswordResetLetter(control, clock, outside.signer(), links),
                                notices));
        this.entitlements =
                new Entitlements(
                        control,
                        clock,
                        outside.terms().plans(),
                        outside.terms().billing(),
                        outside.publicUrl());
        this.editTeam = new EditTeam(control, clock, mailer, credentials, this::checkSeats);
        this.changeEmail =
                new ChangeEmail(control, clock, outside.signer(), passwords, throttle, mailer);
        this.endTenant = new EndTenant(control, clock, directory, states, tellOwners());
        notices.add(endTenant.notice());
        notices.add(new InvitationNotice(control, clock, outside.signer(), links));
        changeEmail.notices(links).forEach(notices::add);
    }

    public TenantDirectory directory() {
        return directory;
    }

    public TestSides testSides() {
        return testSides;
    }

    public TenantStates states() {
        return states;
    }

    /** Stops a shop's mail for the sake of the others. */
    public StopSending stopSending() {
        return new StopSending(control, clock, directory);
    }

    /** The operator's hand on a shop's mail. */
    public HoldSending holdSending() {
        return new HoldSending(control, clock, directory);
    }

    public TellOwners tellOwners() {
        return new TellOwners(control, clock, mailer);
    }

    /** Deletes what owners asked for a month ago, and drops what nobody may look into any more. */
    public void endTenants() {
        endTenant.due();
        outside.databases().schemas().dropReleased(DROPPED_AT_ONCE);
    }

    public Plans plans() {
        return outside.terms().plans();
    }

    public Entitlements entitlements() {
        return entitlements;
    }

    /** A kind of notice, from the rooms beside. */
    public void add(NoticeSource source) {
        notices.add(source);
    }

    private void checkSeats(TenantId tenant, int taken) {
        Long most = entitlements.limits(tenant).team();
        if (most != null && taken >= most) {
            throw entitlements.reached(tenant, "people", most);
        }
    }

    private RequestLimits requestLimits() {
        Cache<String, Integer> nodes = Caffeine.newBuilder().expireAfterWrite(NODES_KNOWN).build();
        return new PlannedLimits(
                new RateLimits(() -> nodes.get("nodes", any -> outside.databases().nodes())),
                entitlements,
                outside.terms().requestsPerSecond(),
                outside.terms().strangerRequestsPerSecond());
    }

    /** A kind of mail to people who run shops, from the storeys above. */
    public void add(Letter letter) {
        mailer.add(letter);
    }

    /** For the page that the link of a password mail leads to. */
    public ResetPassword resetPassword() {
        return new ResetPassword(
                control, clock, outside.signer(), passwords, credentials, throttle);
    }

    /** For the page that the link of an invitation leads to. */
    public AcceptInvitation acceptInvitation() {
        return new AcceptInvitation(control, clock, outside.signer(), passwords);
    }

    /** For the page that the link of a changed address leads to. */
    public ChangeEmail changeEmail() {
        return changeEmail;
    }

    /**
     * How a shop signs up, by the API or by a page.
     *
     * @param presets whether there is a preset of this name
     */
    public SignUp signUp(Predicate<String> presets) {
        return new SignUp(control, clock, passwords, mailer, presets);
    }

    /** For the page that the link of a signup's mail leads to. */
    public VerifySignup verifySignup() {
        return verifySignup;
    }

    /** For whatever guards requests otherwise than by {@code @AllowedTo}. */
    public Authentication authentication() {
        return new Authentication(
                credentials, new OpenDoor(directory, outside.databases().schemas(), testSides));
    }

    /** Forgets what is long over; for a nightly job. Answers how many rows. */
    public int forgetStale() {
        Instant now = clock.now();
        return control.inTransaction(handle ->
                new SessionDao(handle).forget(now)
                        + throttle.forget()
                        + new UserDao(handle).forgetStrangers(now.minus(KEPT))
                        + editTeam.forgetInvitations(now.minus(KEPT))
                        + new SignupDao(handle).forget(now.minus(KEPT))
                        + new AccountMailDao(handle).forget(now.minus(KEPT)));
    }

    /** The storey's endpoints, for the OpenAPI document. */
    public static Set<Class<?>> resources() {
        return Set.of(
                ApiKeyResource.class,
                SessionResource.class,
                UserResource.class,
                InvitationResource.class,
                EmailChangeResource.class,
                PasswordResetResource.class,
                SignupResource.class,
                TenantResource.class,
                SendingResource.class,
                AuditLogResource.class,
                EndTenantResource.class,
                TestDataResource.class);
    }

    /**
     * Registers the storey's endpoints, guards and loops.
     *
     * @param checklist further steps to a shop's first mail, from the storeys above
     * @param presets whether there is a preset of this name
     * @param onSendingResumed lets go the mail that a shop held back
     */
    public void register(
            Environment environment,
            List<ChecklistSource> checklist,
            Predicate<String> presets,
            Consumer<TenantId> onSendingResumed) {
        environment.lifecycle().manage(spares);
        environment.lifecycle().manage(lastUse);
        environment.lifecycle().manage(mailer);
        environment.admin().addTask(new TenantStateTask(states));
        environment.jersey().register(new AccessFeature(authentication(), requestLimits()));
        environment.jersey().register(new BearerChallenge());
        environment.jersey().register(new AuthValueFactoryProvider.Binder<>(Caller.class));
        endpoints(checklist, presets, onSendingResumed).forEach(environment.jersey()::register);
    }

    private List<Object> endpoints(
            List<ChecklistSource> checklist,
            Predicate<String> presets,
            Consumer<TenantId> onSendingResumed) {
        List<ChecklistSource> sources = new ArrayList<>(List.of(new SenderIdentity(directory)));
        sources.addAll(checklist);
        return List.of(
                new ApiKeyResource(control, clock, credentials),
                new SessionResource(
                        new LogIn(control, clock, passwords, throttle),
                        control,
                        clock,
                        credentials),
                new UserResource(control, clock, editTeam),
                new InvitationResource(acceptInvitation()),
                new EmailChangeResource(changeEmail),
                new PasswordResetResource(control, clock, mailer, resetPassword()),
                new SignupResource(signUp(presets), verifySignup, directory),
                new TenantResource(
                        directory, new ChangeProfile(control, clock, directory), sources),
                new SendingResource(control, clock, directory, onSendingResumed),
                new AuditLogResource(control, outside.databases().tenants()),
                new EndTenantResource(
                        endTenant,
                        new SpoolArchives(
                                new ArchiveTenant(control, clock, outside.databases().archives()))),
                new TestDataResource(control, clock, directory));
    }
}
