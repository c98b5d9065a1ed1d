package io.regulars.engagement.webhooks;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.regulars.engagement.webhooks.RetryPlan.Outcome;
import io.regulars.events.Event;
import io.regulars.events.Outbox;
import io.regulars.events.Published;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.net.Answer;
import io.regulars.platform.net.OutsideCalls;
import io.regulars.platform.secrets.Sealer;
import io.regulars.platform.time.Clock;
import io.regulars.platform.work.LaneWork;
import io.regulars.tenancy.access.TellOwners;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes events on to endpoints. Like mail, each delivery goes through three steps: a transaction
 * that marks it as being sent, the call outside any transaction, one that records what came of it.
 * A crash in between leaves some as being sent; when their lease is over they are sent again, under
 * the same id.
 */
public final class DeliverWebhooks implements LaneWork {

    public static final String QUEUE = "webhooks";

    private static final Logger LOG = LoggerFactory.getLogger(DeliverWebhooks.class);

    /** One for each endpoint that a shop may have. */
    public static final int CALLS_AT_ONCE = EditEndpoints.MOST;

    private static final int EVENTS_AT_ONCE = 200;
    private static final int ROUNDS_PER_SLICE = 4;

    /** To one endpoint, one after the other, between two looks at the others. */
    private static final int EACH_PER_ROUND = 20;

    /**
     * After which an endpoint waits for the next round, so that a slow one keeps nobody waiting.
     */
    private static final Duration ROUND = Duration.ofSeconds(5);

    /** Longer than a round and a call together. */
    private static final Duration LEASE = Duration.ofSeconds(20);

    /** Receivers hold signatures against theirs, also where the service's own was moved. */
    private static final Clock RECEIVERS_CLOCK = Clock.system();

    private final TenantDb tenants;
    private final Clock clock;
    private final Sealer sealer;
    private final OutsideCalls outside;
    private final TellOwners tellOwners;
    private final MetricRegistry metrics;

    DeliverWebhooks(
            TenantDb tenants,
            Clock clock,
            Sealer sealer,
            OutsideCalls outside,
            TellOwners tellOwners,
            MetricRegistry metrics) {
        this.tenants = tenants;
        this.clock = clock;
        this.sealer = sealer;
        this.outside = outside;
        this.tellOwners = tellOwners;
        this.metrics = metrics;
    }

    /** One endpoint's share of a round. */
    private record Batch(
            Endpoint endpoint, List<Delivery> deliveries, Map<UUID, Published> events) {}

    /**
     * What came of it; not tried are those behind a failure, and those for which we had no
     * connection.
     */
    private record Done(Batch batch, List<Outcome> outcomes, List<Delivery> untried) {}

    /** The body, in the form of Standard Webhooks. */
    private record Body(String type, Instant timestamp, @JsonRawValue String data) {}

    @Override
    public String queue() {
        return QUEUE;
    }

    @Override
    public Optional<Instant> serve(TenantRef tenant) {
        tenants.run(tenant, tx -> new DeliveryDao(tx).recover(clock.now()));
        for (int i = 0; i < ROUNDS_PER_SLICE; i++) {
            boolean passed = tenants.inTransaction(tenant, DeliverWebhooks::passOn);
            List<Batch> batches = tenants.inTransaction(tenant, this::takeInHand);
            if (!passed && batches.isEmpty()) {
                break;
            }
            List<Done> done = send(tenant, batches);
            tenants.run(tenant, tx -> done.forEach(one -> record(tx, one)));
        }
        tell(tenant);
        return nextDue(tenant);
    }

    @Override
    public Optional<Instant> nextDue(TenantRef tenant) {
        return tenants.inTransaction(
                tenant,
                tx -> {
                    List<Endpoint> endpoints = new EndpointDao(tx).all();
                    DeliveryDao dao = new DeliveryDao(tx);
                    Optional<Instant> leaseEnd = dao.nextLeaseEnd();
                    boolean lost = leaseEnd.filter(end -> !end.isAfter(clock.now())).isPresent();
                    if (lost
                            || Outbox.anyPending(tx)
                            || endpoints.stream().anyMatch(e -> e.health().untold())) {
                        return Optional.of(tx.now());
                    }
                    // Leases run on the service's clock, which on a live side is the tenant's too.
                    Stream<Instant> leases = tenant.isTest() ? Stream.empty() : leaseEnd.stream();
                    Stream<Instant> due = dao.nextDue(enabled(endpoints)).stream();
                    return Stream.concat(leases, due).min(Instant::compareTo);
                });
    }

    /** Turns events into deliveries; answers whether there were any. */
    private static boolean passOn(TenantTx tx) {
        // The lock first: it lets one at a time take events, so that they stay in their order.
        List<Endpoint> endpoints = new EndpointDao(tx).lockAll();
        List<Published> events = Outbox.takePending(tx, EVENTS_AT_ONCE);
        List<DeliveryDao.Planned> planned = new ArrayList<>();
        for (Published event : events) {
            endpoints.stream()
                    .filter(endpoint -> endpoint.wants(event.type()))
                    .forEach(
                            endpoint -> planned.add(new DeliveryDao.Planned(endpoint.id(), event)));
        }
        new DeliveryDao(tx).insert(planned);
        return !events.isEmpty();
    }

    private List<Batch> takeInHand(TenantTx tx) {
        Map<EndpointId, Endpoint> endpoints =
                new EndpointDao(tx)
                        .lockAll().stream()
                                .collect(Collectors.toMap(Endpoint::id, Function.identity()));
        List<Delivery> due =
                new DeliveryDao(tx)
                        .claim(
                                enabled(List.copyOf(endpoints.values())),
                                EACH_PER_ROUND,
                                clock.now().plus(LEASE));
        Map<UUID, Published> events =
                Outbox.find(tx, due.stream().map(Delivery::event).distinct().toList()).stream()
                        .collect(Collectors.toMap(Published::id, Function.identity()));
        return due.stream().collect(Collectors.groupingBy(Delivery::endpoint)).entrySet().stream()
                .flatMap(entry ->
                        Stream.ofNullable(endpoints.get(entry.getKey()))
                                .map(endpoint -> new Batch(endpoint, entry.getValue(), events)))
                .toList();
    }

    private static List<UUID> enabled(List<Endpoint> endpoints) {
        return endpoints.stream()
                .filter(endpoint -> endpoint.config().enabled())
                .map(Endpoint::uuid)
                .toList();
    }

    /** Endpoints side by side, the deliveries of each one after the other. */
    private List<Done> send(TenantRef tenant, List<Batch> batches) {
        Instant now = tenants.inTransaction(tenant, TenantTx::now);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Done>> running =
                    batches.stream()
                            .map(batch -> threads.submit(() -> send(tenant, batch, now)))
                            .toList();
            threads.shutdown();
            return running.stream().map(DeliverWebhooks::awaited).toList();
        }
    }

    private static Done awaited(Future<Done> running) {
        try {
            return running.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("sending failed", e.getCause());
        }
    }

    private Done send(TenantRef tenant, Batch batch, Instant start) {
        List<Outcome> outcomes = new ArrayList<>();
        long end = System.nanoTime() + ROUND.toNanos();
        for (Delivery delivery : batch.deliveries()) {
            boolean goOn = outcomes.isEmpty() || outcomes.getLast().delivered();
            // A test side tries everything once, so nothing waits there.
            if (!(goOn || tenant.isTest()) || System.nanoTime() > end) {
                break;
            }
            Optional<Answer> answer = tried(batch, delivery);
            if (answer.isEmpty()) {
                break;
            }
            Instant now = tenant.isTest() ? start : clock.now();
            Outcome outcome = RetryPlan.after(delivery, answer.get(), !tenant.isTest(), now);
            metrics.counter("webhooks." + outcome.state().key()).inc();
            outcomes.add(outcome);
        }
        List<Delivery> untried =
                batch.deliveries().subList(outcomes.size(), batch.deliveries().size());
        return new Done(batch, outcomes, untried);
    }

    /** Whatever goes wrong with one endpoint is its own failure, and not that of the round. */
    private Optional<Answer> tried(Batch batch, Delivery delivery) {
        try {
            return send(batch, delivery);
        } catch (RuntimeException e) {
            LOG.error("delivery {} could not be made", delivery.id(), e);
            return Optional.of(new Answer.Silent("the call could not be made", Duration.ZERO));
        }
    }

    private Optional<Answer> send(Batch batch, Delivery delivery) {
        Published event = batch.events().get(delivery.event());
        if (event == null) {
            return Optional.of(new Answer.Silent("the event is not kept any more", Duration.ZERO));
        }
        String body = Json.write(new Body(event.type(), event.occurredAt(), event.data()));
        Endpoint endpoint = batch.endpoint();
        List<String> secrets =
                endpoint.secrets().valid(clock.now()).stream()
                        .map(sealed -> sealer.open(endpoint.id().toString(), sealed))
                        .toList();
        return outside.post(
                URI.create(endpoint.config().url()),
                Signatures.headers(event.publicId(), RECEIVERS_CLOCK.now(), body, secrets),
                body);
    }

    private static void record(TenantTx tx, Done done) {
        EndpointId id = done.batch().endpoint().id();
        Optional<Endpoint> endpoint = new EndpointDao(tx).lock(id);
        DeliveryDao dao = new DeliveryDao(tx);
        done.outcomes().forEach(dao::record);
        dao.putBack(done.untried());
        if (endpoint.isEmpty() || !endpoint.get().config().enabled()) {
            // Switched off or deleted meanwhile: what came of the call is the last that is said.
            dao.cancelOpen(id, "the endpoint was switched off");
            return;
        }
        dao.holdBack(id);
        dao.letGo(id);
        if (!tx.tenant().isTest()) {
            health(tx, endpoint.get(), done.outcomes());
        }
    }

    private static void health(TenantTx tx, Endpoint before, List<Outcome> outcomes) {
        Endpoint endpoint = before;
        for (Outcome outcome : outcomes) {
            if (endpoint.config().enabled()) {
                endpoint = RetryPlan.health(endpoint, outcome, tx.now()).orElse(endpoint);
            }
        }
        if (endpoint.equals(before)) {
            return;
        }
        EndpointDao dao = new EndpointDao(tx);
        if (endpoint.config().enabled()) {
            dao.note(endpoint);
            return;
        }
        dao.change(endpoint);
        new DeliveryDao(tx).cancelOpen(endpoint.id(), "the endpoint was switched off");
        Outbox.append(
                tx,
                new Event.WebhookEndpointDisabled(
                        endpoint.uuid(),
                        Optional.ofNullable(endpoint.health().disabledReason()).orElse("failing")));
    }

    /**
     * Has the owners written to, then takes the mark away: a crash in between costs a second mail,
     * not the only one.
     */
    private void tell(TenantRef tenant) {
        List<Endpoint> untold =
                tenants.inTransaction(tenant, tx -> new EndpointDao(tx).all()).stream()
                        .filter(endpoint -> endpoint.health().untold())
                        .toList();
        for (Endpoint endpoint : untold) {
            tellOwners.tell(
                    tenant.id(),
                    EndpointDisabledLetter.TEMPLATE,
                    EndpointDisabledLetter.subject(tenant.id(), endpoint.id()));
            tenants.run(
                    tenant,
                    tx -> {
                        EndpointDao dao = new EndpointDao(tx);
                        dao.lock(endpoint.id()).map(DeliverWebhooks::told).ifPresent(dao::note);
                    });
        }
    }

    private static Endpoint told(Endpoint endpoint) {
        Endpoint.Health health = endpoint.health();
        return endpoint.with(
                new Endpoint.Health(health.failingSince(), health.disabledReason(), false));
    }
}
