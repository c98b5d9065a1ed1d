package io.regulars.engagement.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.regulars.engagement.webhooks.Delivery.State;
import io.regulars.events.Event;
import io.regulars.events.Outbox;
import io.regulars.platform.db.DatabaseSettings;
import io.regulars.platform.db.Databases;
import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.ids.TypeIds;
import io.regulars.platform.net.NameResolver;
import io.regulars.platform.net.OutsideCalls;
import io.regulars.platform.net.Targets;
import io.regulars.platform.secrets.Sealer;
import io.regulars.platform.secrets.SecretText;
import io.regulars.platform.smtp.Mailbox;
import io.regulars.platform.smtp.Relay;
import io.regulars.platform.smtp.SmtpUrl;
import io.regulars.platform.templates.Templates;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.access.TellOwners;
import io.regulars.tenancy.accountmail.AccountMailer;
import io.regulars.testing.Receiver;
import io.regulars.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A shop's deliveries, served by nodes whose clocks show what a test wants. */
class DeliverWebhooksTest {

    private static final DatabaseSettings DATABASE = TestDatabase.create();
    private static final Instant START = Instant.parse("2027-02-01T00:00:00Z");

    private static final int MOST_CALLS = 3;

    private final Targets targets = new Targets(true, NameResolver.system());
    private final OutsideCalls calls = new OutsideCalls(targets, MOST_CALLS);
    private final Sealer sealer = new Sealer(new SecretText("a key that is only good for tests"));
    private final Relay nowhere = new Relay(SmtpUrl.parse("smtp://127.0.0.1:9"));
    private final Receiver receiver = new Receiver();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private Node node = node(START);
    private TenantRef shop = claim(Side.LIVE);
    private EndpointId endpoint = listen(receiver);

    /** A node at a moment; its clock runs on from there. */
    private record Node(Databases databases, Clock clock, DeliverWebhooks work) {

        <R> R in(TenantRef tenant, Function<TenantTx, R> use) {
            return databases.tenants().inTransaction(tenant, use);
        }
    }

    @BeforeEach
    void nothingHasHappenedYet() {
        assertThat(node.work().nextDue(shop)).isEmpty();
    }

    @AfterEach
    void close() throws Exception {
        receiver.close();
        calls.close();
        nowhere.close();
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    @Test
    void eventsArriveOnceAndInTheirOrder() {
        List<UUID> members = happen(50);
        drain(node);
        assertThat(membersTold(receiver)).isEqualTo(names(members));
        assertThat(states()).isEqualTo(Map.of(State.DELIVERED, 50L));
        assertThat(node.work().nextDue(shop)).isEmpty();
    }

    @Test
    void whatAFailureHoldsBackArrivesBehindItInOrder() {
        AtomicInteger calls = new AtomicInteger();
        receiver.whichDepends(got -> Receiver.says(calls.incrementAndGet() == 3 ? 503 : 204, ""));
        List<UUID> members = happen(6);
        drain(node);
        assertThat(states())
                .isEqualTo(Map.of(State.DELIVERED, 2L, State.RETRY, 1L, State.PENDING, 3L));
        members.addAll(happen(2));
        drain(node);
        assertThat(receiver.got()).as("later ones wait too").hasSize(3);

        drain(node(START.plusSeconds(30)));
        List<String> told = membersTold(receiver);
        told.remove(2);
        assertThat(told).isEqualTo(names(members));
        assertThat(states()).isEqualTo(Map.of(State.DELIVERED, 8L));
    }

    @Test
    void oneThatIsNotDigestedHoldsTheOthersBackForTenMinutesAndNoLonger() {
        UUID poison = happen(1).getFirst();
        List<UUID> others = happen(3);
        String name = TypeIds.format("mem", poison);
        receiver.whichDepends(got -> Receiver.says(got.body().contains(name) ? 500 : 204, ""));
        drain(node);
        drain(node(START.plus(Duration.ofMinutes(9))));
        assertThat(membersTold(receiver)).containsOnly(name);

        drain(node(START.plus(Duration.ofMinutes(11))));
        assertThat(membersTold(receiver)).containsAll(names(others));
        assertThat(states()).isEqualTo(Map.of(State.DELIVERED, 3L, State.RETRY, 1L));
    }

    @Test
    void anAddressThatNobodyCanCallFailsForItselfAndKeepsNothingFromAnother() {
        EndpointId other = endpoint;
        endpoint = listen(receiver);
        pointTo(endpoint, "https://example.com:99999/");
        List<UUID> members = happen(3);
        drain(node);
        assertThat(membersTold(receiver)).isEqualTo(names(members));
        assertThat(states()).isEqualTo(Map.of(State.RETRY, 1L, State.PENDING, 2L));
        endpoint = other;
        assertThat(states()).isEqualTo(Map.of(State.DELIVERED, 3L));
    }

    @Test
    void oneEndpointThatFailsKeepsNothingFromAnother() {
        try (Receiver broken = new Receiver()) {
            broken.which(Receiver.says(500, ""));
            listen(broken);
            List<UUID> members = happen(5);
            drain(node);
            assertThat(membersTold(receiver)).isEqualTo(names(members));
            assertThat(broken.got()).hasSize(1);
        }
    }

    @Test
    void twoWorkersAtOnceSendEachDeliveryOnceAndInOrder() throws Exception {
        receiver.which(receiver.takes(20));
        List<UUID> members = happen(40);
        Node other = node(START);
        CountDownLatch ready = new CountDownLatch(2);
        List<Thread> threads =
                List.of(node, other).stream()
                        .map(each ->
                                Thread.ofVirtual()
                                        .start(() -> {
                                            ready.countDown();
                                            try {
                                                ready.await();
                                            } catch (InterruptedException e) {
                                                throw new IllegalStateException(e);
                                            }
                                            for (int i = 0; i < 10; i++) {
                                                each.work().serve(shop);
                                            }
                                        }))
                        .toList();
        for (Thread thread : threads) {
            assertThat(thread.join(Duration.ofSeconds(60))).isTrue();
        }
        drain(node);
        assertThat(membersTold(receiver)).isEqualTo(names(members));
    }

    @Test
    void anEventThatIsCommittedAfterALaterOneIsSentToo() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        UUID slow = TypeIds.next();
        Thread slowOne =
                Thread.ofVirtual()
                        .start(() ->
                                node.databases()
                                        .tenants()
                                        .run(
                                                shop,
                                                tx -> {
                                                    Outbox.append(
                                                            tx, new Event.MemberCreated(slow));
                                                    written.countDown();
                                                    try {
                                                        assertThat(goOn.await(30, TimeUnit.SECONDS))
                                                                .isTrue();
                                                    } catch (InterruptedException e) {
                                                        throw new IllegalStateException(e);
                                                    }
                                                }));
        assertThat(written.await(30, TimeUnit.SECONDS)).isTrue();
        UUID quick = happen(1).getFirst();
        drain(node);
        assertThat(membersTold(receiver)).isEqualTo(names(List.of(quick)));
        goOn.countDown();
        assertThat(slowOne.join(Duration.ofSeconds(30))).isTrue();
        drain(node);
        assertThat(membersTold(receiver)).isEqualTo(names(List.of(quick, slow)));
    }

    @Test
    void whatADeadNodeHadInHandIsSentAgainUnderTheSameId() {
        happen(1);
        receiver.which(receiver.hangs());
        // Dies in the middle of the call: nothing is recorded.
        Thread dying =
                Thread.ofVirtual()
                        .uncaughtExceptionHandler((_, _) -> {})
                        .start(() -> node.work().serve(shop));
        Awaitility.await().until(() -> receiver.got().size() == 1);
        receiver.which(Receiver.says(204, ""));
        Node other = node(START.plusSeconds(10));
        assertThat(other.work().serve(shop)).as("its lease is not over").isPresent();
        assertThat(receiver.got()).hasSize(1);

        drain(node(START.plusSeconds(40)));
        assertThat(receiver.got()).hasSize(2);
        assertThat(receiver.got().get(1).id()).isEqualTo(receiver.got().get(0).id());
        dying.interrupt();
    }

    @Test
    void afterThreeDaysOfFailuresOnlyTheEndpointIsSwitchedOffAndOthersHearOfIt() throws Exception {
        receiver.which(Receiver.says(500, "no"));
        try (Receiver monitor = new Receiver()) {
            listen(monitor);
            happen(2);
            drain(node);
            for (int hours = 1; hours <= 90; hours++) {
                drain(node(START.plus(Duration.ofHours(hours))));
                opened.removeLast().close();
            }
            Endpoint off = node.in(shop, tx -> new EndpointDao(tx).find(endpoint)).orElseThrow();
            assertThat(off.config().enabled()).isFalse();
            assertThat(off.health().disabledReason()).isEqualTo("failing");
            assertThat(off.health().untold()).as("the owner was written to").isFalse();
            assertThat(open()).isEmpty();
            assertThat(monitor.got().getLast().body())
                    .contains("webhook_endpoint.disabled")
                    .contains(endpoint.toString());
        }
    }

    @Test
    void aDeliveryForWhichNoConnectionIsFreeWaitsAndWasNoTry() throws Exception {
        Receiver slow = new Receiver();
        slow.which(slow.hangs());
        List<Thread> busy =
                Stream.generate(() ->
                                Thread.ofVirtual()
                                        .unstarted(() -> calls.post(slow.url(), Map.of(), "{}")))
                        .limit(MOST_CALLS)
                        .toList();
        busy.forEach(Thread::start);
        Awaitility.await().until(() -> slow.got().size() == MOST_CALLS);
        receiver.which(receiver.takes(2_000));
        happen(1);
        node.work().serve(shop);
        assertThat(states()).isEqualTo(Map.of(State.PENDING, 1L));
        assertThat(open().getFirst().attempts()).isZero();

        slow.close();
        for (Thread one : busy) {
            assertThat(one.join(Duration.ofSeconds(30))).isTrue();
        }
        drain(node);
        assertThat(states()).isEqualTo(Map.of(State.DELIVERED, 1L));
    }

    @Test
    void aTestSideTriesOnceAndGivesUp() {
        TenantRef test = claim(Side.TEST);
        shop = test;
        endpoint = listen(receiver);
        receiver.which(Receiver.says(500, "no"));
        happen(3);
        drain(node);
        assertThat(receiver.got()).hasSize(3);
        assertThat(states()).isEqualTo(Map.of(State.FAILED, 3L));
        assertThat(node.work().nextDue(test)).isEmpty();
    }

    private List<Delivery> open() {
        return deliveries().filter(delivery -> delivery.state().isOpen()).toList();
    }

    private Stream<Delivery> deliveries() {
        return node.in(
                shop,
                tx ->
                        new DeliveryDao(tx)
                                        .page(
                                                new DeliveryDao.Filter(endpoint.uuid(), null),
                                                null,
                                                200)
                                        .stream());
    }

    private Node node(Instant at) {
        Clock clock = Clock.startingAt(Optional.of(at));
        Databases databases = Databases.open(DATABASE, clock, new MetricRegistry());
        opened.add(databases);
        TellOwners tellOwners =
                new TellOwners(
                        databases.control(),
                        clock,
                        new AccountMailer(
                                databases.control(),
                                clock,
                                nowhere,
                                new Templates(),
                                Mailbox.of("regulars@example.com"),
                                List.of()));
        DeliverWebhooks work =
                new DeliverWebhooks(
                        databases.tenants(),
                        clock,
                        sealer,
                        calls,
                        tellOwners,
                        new MetricRegistry());
        return new Node(databases, clock, work);
    }

    private TenantRef claim(Side side) {
        node.databases().schemas().makeSpares(1);
        String schema =
                node.databases()
                        .control()
                        .inTransaction(handle ->
                                node.databases().schemas().claim(handle, START).orElseThrow());
        return new TenantRef(TenantId.next(), side, schema, ZoneOffset.UTC, "VN", Locale.of("vi"));
    }

    /** As one stands in the table since before its address was refused. */
    private void pointTo(EndpointId id, String url) {
        node.databases()
                .tenants()
                .run(
                        shop,
                        tx -> {
                            EndpointDao dao = new EndpointDao(tx);
                            Endpoint one = dao.lock(id).orElseThrow();
                            dao.change(
                                    one.with(
                                            new Endpoint.Config(url, List.of("*"), null, true),
                                            one.health()));
                        });
    }

    private EndpointId listen(Receiver to) {
        return new EditEndpoints(node.databases().tenants(), node.clock(), targets, sealer)
                .create(
                        shop,
                        new EditEndpoints.Change(to.url().toString(), List.of("*"), null, null))
                .endpoint()
                .id();
    }

    /** So many members join, each in a transaction of its own. */
    private List<UUID> happen(int count) {
        List<UUID> members =
                IntStream.range(0, count)
                        .mapToObj(i -> TypeIds.next())
                        .collect(Collectors.toCollection(ArrayList::new));
        members.forEach(member ->
                node.databases()
                        .tenants()
                        .run(shop, tx -> Outbox.append(tx, new Event.MemberCreated(member))));
        return members;
    }

    /**
     * As a worker does: slice after slice until nothing is due. Beside other tests a call may wait
     * for its turn, so it is a time that is set, and not a number of slices.
     */
    private void drain(Node on) {
        if (isDue(on, on.work().nextDue(shop))) {
            Awaitility.await("it gets done")
                    .atMost(Duration.ofSeconds(30))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> !isDue(on, on.work().serve(shop)));
        }
    }

    private boolean isDue(Node on, Optional<Instant> next) {
        Instant now = on.in(shop, TenantTx::now);
        return next.filter(due -> !due.isAfter(now)).isPresent();
    }

    private Map<State, Long> states() {
        return deliveries().collect(Collectors.groupingBy(Delivery::state, Collectors.counting()));
    }

    /** The members that were told of, in the order of the calls. */
    private static List<String> membersTold(Receiver by) {
        return by.got().stream()
                .map(got -> got.body().replaceAll("(?s).*(mem_[0-9a-z]{26}).*", "$1"))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static List<String> names(List<UUID> members) {
        return members.stream().map(member -> TypeIds.format("mem", member)).toList();
    }
}
