package io.regulars;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.regulars.edge.EdgeModule;
import io.regulars.edge.reports.OwnerLetters;
import io.regulars.edge.testclock.TestClocks;
import io.regulars.engagement.EngagementModule;
import io.regulars.engagement.campaigns.CampaignsModule;
import io.regulars.engagement.law.MailLaws;
import io.regulars.engagement.mail.FirstSends;
import io.regulars.engagement.mail.MailLimit;
import io.regulars.engagement.mail.MailLinks;
import io.regulars.engagement.mail.MailModule;
import io.regulars.engagement.mail.Sender;
import io.regulars.engagement.returns.RelayKeys;
import io.regulars.engagement.returns.ReturnsModule;
import io.regulars.engagement.senderdomain.SenderDomainResource;
import io.regulars.engagement.tracking.ReturnAddresses;
import io.regulars.engagement.webhooks.WebhooksModule;
import io.regulars.events.Outbox;
import io.regulars.loyalty.LoyaltyModule;
import io.regulars.loyalty.members.MemberLimit;
import io.regulars.platform.db.Databases;
import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.HealthResource;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.jobs.JobScheduler;
import io.regulars.platform.net.NameResolver;
import io.regulars.platform.net.OutsideCalls;
import io.regulars.platform.net.Targets;
import io.regulars.platform.net.TextRecords;
import io.regulars.platform.retries.Retries;
import io.regulars.platform.retries.RetriesFeature;
import io.regulars.platform.secrets.Sealer;
import io.regulars.platform.secrets.SecretPrints;
import io.regulars.platform.secrets.Signer;
import io.regulars.platform.smtp.Mailbox;
import io.regulars.platform.templates.Templates;
import io.regulars.platform.time.Clock;
import io.regulars.platform.work.LaneSettings;
import io.regulars.platform.work.LaneWorkers;
import io.regulars.platform.work.TenantTime;
import io.regulars.tenancy.PlansModule;
import io.regulars.tenancy.TenancyModule;
import io.regulars.tenancy.access.Caller;
import io.regulars.tenancy.billing.BillingModule;
import io.regulars.tenancy.plans.Entitlements;
import io.regulars.tenancy.plans.Plans;
import io.regulars.tenancy.tenants.Profile;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Puts the storeys on top of each other. */
final class House {

    private final Databases databases;
    private final PostOffice postOffice;
    private final Clock clock;
    private final MetricRegistry metrics;
    private final Signer signer;
    private final Sealer sealer;
    private final Targets targets;
    private final OutsideCalls outsideCalls;
    private final Templates templates = new Templates();
    private final MailLaws laws = new MailLaws();
    private final URI publicUrl;
    private final TenancyModule tenancy;
    private final LaneWorkers workers;
    private final LoyaltyModule loyalty;
    private final EngagementModule engagement;
    private final TestClocks testClocks;
    private final OwnerLetters ownerLetters;
    private final EdgeModule edge;
    private final PlansModule plans;
    private final BillingModule billing;

    House(
            Settings settings,
            Storage storage,
            PostOffice postOffice,
            Clock clock,
            MetricRegistry metrics) {
        this.databases = storage.databases();
        this.postOffice = postOffice;
        this.clock = clock;
        this.metrics = metrics;
        this.signer = new Signer(storage.secretKey());
        this.sealer = new Sealer(storage.secretKey());
        this.targets = new Targets(settings.network().allowPrivateTargets(), NameResolver.system());
        this.outsideCalls = new OutsideCalls(targets, EngagementModule.WEBHOOK_CALLS_AT_ONCE);
        this.publicUrl = URI.create(settings.publicUrl());
        Mailbox from = Mailbox.of(settings.mail().from());
        this.loyalty = loyalty();
        this.testClocks = new TestClocks(databases.tenants(), databases.control(), clock);
        this.tenancy =
                new TenancyModule(
                        new TenancyModule.Outside(
                                databases,
                                clock,
                                signer,
                                postOffice.live(),
                                templates,
                                from,
                                publicUrl,
                                settings.secrets().passwordMemoryKib(),
                                terms(settings)),
                        List.of(testClocks, loyalty.firstProgram()));
        this.plans =
                new PlansModule(
                        tenancy, databases.control(), clock, new CountUsage(databases.tenants()));
        this.billing = billing(settings);
        billing.notices().forEach(tenancy::add);
        this.workers = workers(settings);
        this.engagement = engagement(settings, from);
        loyalty.work(workers);
        engagement.work(workers);
        engagement.letters().forEach(tenancy::add);
        this.ownerLetters = ownerLetters();
        tenancy.add(ownerLetters);
        this.edge =
                new EdgeModule(
                        new EdgeModule.Outside(
                                tenancy.directory(),
                                databases.tenants(),
                                clock,
                                loyalty,
                                testClocks,
                                workers));
        edge.work(workers);
        listen();
    }

    /** What happened in a shop's data wakes who has to do with it. */
    private void listen() {
        Map.of(
                        Outbox.AWAITED, EngagementModule.CAMPAIGNS_QUEUE,
                        Outbox.PENDING, EngagementModule.WEBHOOKS_QUEUE,
                        EngagementModule.MAIL_QUEUE, EngagementModule.MAIL_QUEUE)
                .forEach((news, queue) ->
                        databases.tenants().whenAnnounced(news, side -> workers.note(queue, side)));
    }

    private OwnerLetters ownerLetters() {
        return new OwnerLetters(
                databases.tenants(), tenancy.directory(), loyalty.programs(), tenancy.tellOwners());
    }

    private static TenancyModule.Terms terms(Settings settings) {
        Settings.Billing billing = settings.billing();
        return new TenancyModule.Terms(
                Plans.read(billing.plansFile()),
                billing.isOn(),
                billing.requestsPerSecond(),
                billing.strangerRequestsPerSecond());
    }

    private BillingModule billing(Settings settings) {
        return new BillingModule(
                new BillingModule.Outside(
                        databases.control(),
                        clock,
                        tenancy.plans(),
                        tenancy.entitlements(),
                        tenancy.tellOwners(),
                        tenancy.directory(),
                        plans.usage(),
                        publicUrl,
                        metrics),
                settings.billing().stripeKey(),
                settings.billing().webhookSecret(),
                settings.billing().apiBase());
    }

    private LaneWorkers workers(Settings settings) {
        return new LaneWorkers(
                databases.control(),
                tenancy.directory(),
                new TenantTime(
                        clock, side -> databases.tenants().inTransaction(side, TenantTx::now)),
                metrics,
                lanes(settings),
                (side, questions) -> databases.tenants().run(side, tx -> questions.run()));
    }

    private LoyaltyModule loyalty() {
        return new LoyaltyModule(
                new LoyaltyModule.Outside(
                        databases.tenants(),
                        this::newZone,
                        Stream.concat(
                                        EngagementModule.belongings(laws).stream(),
                                        EdgeModule.belongings().stream())
                                .toList(),
                        this::note,
                        new LoyaltyModule.Shops(
                                this::rewardsInUse,
                                this::profile,
                                new MemberLimit(new PlanRooms(this::entitlements)::members),
                                this::testSide),
                        signer,
                        publicUrl));
    }

    /** All endpoints, for the OpenAPI document. */
    static Set<Class<?>> resources() {
        Set<Class<?>> all = new HashSet<>(Set.of(HealthResource.class));
        all.addAll(TenancyModule.resources());
        all.addAll(PlansModule.resources());
        all.addAll(BillingModule.resources());
        all.addAll(LoyaltyModule.resources());
        all.addAll(EngagementModule.resources());
        all.addAll(EdgeModule.resources());
        return all;
    }

    void moveIn(Environment environment, Settings settings) {
        Retries retries =
                new Retries(
                        databases.tenants(),
                        databases.control(),
                        clock,
                        environment.getObjectMapper());
        environment.lifecycle().manage(new AutoCloseableManager(outsideCalls));
        // Their first looks would take the processors from a start; they can wait until it answers.
        JobScheduler scheduler = new Clockwork(rooms(), retries).scheduler(settings);
        if (!settings.clockStart().isEmpty()) {
            environment.admin().addTask(new ClockTask(clock, engagement.jobs(), workers));
        }
        environment
                .lifecycle()
                .addServerLifecycleListener(server -> {
                    workers.start();
                    scheduler.start();
                });
        environment.lifecycle().manage(new AutoCloseableManager(workers::stop));
        environment.lifecycle().manage(new AutoCloseableManager(scheduler::stop));
        tenancy.register(
                environment,
                engagement.checklist(),
                preset -> loyalty.presets().knows(preset),
                this::sendingResumed);
        environment
                .jersey()
                .register(
                        new RetriesFeature(
                                        retries,
                                        environment
                                                .getObjectMapper()
                                                .copy()
                                                .registerModule(SecretPrints.by(signer)),
                                        principal ->
                                                principal instanceof Caller caller
                                                        ? Optional.of(
                                                                new RetriesFeature.Asker(
                                                                        caller.tenant(),
                                                                        caller.scope().key()))
                                                        : Optional.empty())
                                .binder());
        environment.jersey().register(new HealthResource(databases::isReachable));
        plans.endpoints().forEach(environment.jersey()::register);
        billing.register(environment);
        loyalty.endpoints().forEach(environment.jersey()::register);
        engagement.endpoints().forEach(environment.jersey()::register);
        edge.endpoints().forEach(environment.jersey()::register);
        new FrontDoor(rooms()).open(environment.jersey(), settings);
        postOffice.receive(settings, engagement.receiver());
    }

    private EngagementModule engagement(Settings settings, Mailbox from) {
        Settings.Mail mail = settings.mail();
        ReturnAddresses returns = new ReturnAddresses(signer);
        Sender sender =
                new Sender(
                        postOffice.live(),
                        postOffice.captured(),
                        from,
                        publicUrl,
                        Duration.ofSeconds(mail.lease().toSeconds()),
                        PostOffice.pace(settings, databases.control()),
                        returns,
                        mail.inboundPort() > 0);
        return new EngagementModule(
                new CampaignsModule.Outside(
                        databases.tenants(),
                        databases.control(),
                        tenancy.directory(),
                        loyalty.programs(),
                        laws,
                        workers),
                new MailModule.Outside(
                        databases.tenants(),
                        tenancy.directory(),
                        loyalty.programs(),
                        templates,
                        laws,
                        MailLinks.of(signer, publicUrl),
                        loyalty.memberLinks(),
                        clock,
                        metrics,
                        new MailLimit(new PlanRooms(this::entitlements)::mails),
                        firstSends(mail)),
                sender,
                new WebhooksModule.Outside(
                        databases.tenants(),
                        tenancy.directory(),
                        tenancy.tellOwners(),
                        clock,
                        workers,
                        new WebhooksModule.Way(targets, outsideCalls, sealer),
                        metrics),
                new ReturnsModule.Outside(
                        databases.tenants(),
                        tenancy.directory(),
                        returns,
                        tenancy.stopSending(),
                        tenancy.tellOwners(),
                        new RelayKeys(mail.mailgunKey(), mail.sendgridKey())),
                new SenderDomainResource(
                        databases.tenants(),
                        new TextRecords(settings.network().dnsResolver()),
                        signer,
                        from.address()));
    }

    /** Captured mail does nobody's name any harm. */
    private FirstSends firstSends(Settings.Mail mail) {
        String named = mail.firstSends();
        long usual = mail.smtpUrl().isEmpty() ? 0 : FirstSends.USUAL_PER_DAY;
        return new FirstSends(
                named.isEmpty() ? usual : Long.parseLong(named), tenancy.holdSending()::trust);
    }

    Rooms rooms() {
        return new Rooms(
                databases,
                clock,
                metrics,
                signer,
                publicUrl,
                postOffice,
                workers,
                tenancy,
                plans,
                billing,
                loyalty,
                engagement,
                edge,
                ownerLetters);
    }

    private static LaneSettings lanes(Settings settings) {
        LaneSettings usual = LaneSettings.defaults();
        Duration lease = Duration.ofMillis(settings.jobs().laneLease().toMilliseconds());
        return new LaneSettings(usual.poll(), lease, usual.stopWait());
    }

    private void sendingResumed(TenantId tenant) {
        for (Side side : Side.values()) {
            tenancy.directory().find(tenant, side).ifPresent(engagement::release);
        }
    }

    private Map<String, String> rewardsInUse(TenantTx tx) {
        return engagement.rewardsInUse(tx);
    }

    private Profile profile(TenantId tenant) {
        return tenancy.directory().tenant(tenant).orElseThrow().profile();
    }

    private Optional<TenantRef> testSide(TenantId tenant) {
        return tenancy.directory().find(tenant, Side.TEST);
    }

    private Entitlements entitlements() {
        return tenancy.entitlements();
    }

    /** A campaign that goes out by local time has one more hour to look out for. */
    private void newZone(TenantRef side) {
        workers.note(EngagementModule.CAMPAIGNS_QUEUE, side);
    }

    /** The storey below is built before the workers are. */
    private void note(String queue, TenantRef side) {
        workers.note(queue, side);
    }
}
