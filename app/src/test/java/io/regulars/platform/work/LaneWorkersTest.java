package io.regulars.platform.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LaneWorkersTest {

    private static LaneFixture lanes;

    @BeforeAll
    static void open() {
        lanes = new LaneFixture();
    }

    @AfterEach
    void closeNodes() {
        lanes.closeNodes();
    }

    @AfterAll
    static void close() {
        lanes.close();
    }

    @Test
    void aNoteWakesTheNodesOwnWorkersWithoutWaitingForTheNextPoll() {
        Todo todo = new Todo("prompt");
        TenantRef shop = lanes.shops.open();
        LaneWorkers node = lanes.node(LaneFixture.HOUR, 2, todo);
        node.start();
        todo.add(shop, 3);
        node.note("prompt", shop);
        await().until(() -> todo.left(shop) == 0);
        await().until(() -> lanes.row("prompt", shop).orElseThrow().idle());
        assertThat(todo.served()).hasSize(3);
    }

    @Test
    void aNoteThatComesDuringTheSliceIsServedByAnother() {
        CountDownLatch inSlice = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Todo todo = new Todo("during");
        todo.during(_ -> {
            inSlice.countDown();
            Latches.await(goOn);
        });
        TenantRef shop = lanes.shops.open();
        LaneWorkers node = lanes.node(LaneFixture.HOUR, 2, todo);
        node.start();
        node.note("during", shop);
        Latches.await(inSlice);
        todo.add(shop, 1);
        node.note("during", shop);
        await().until(() -> lanes.row("during", shop).orElseThrow().noted() == 2);
        goOn.countDown();
        await().until(() -> todo.left(shop) == 0);
        assertThat(todo.servedTwiceAtOnce()).isEmpty();
    }

    @Test
    void whatFollowsFromWhatIsDoneIsDoneBeforeANodeHasSettled() {
        Todo first = new Todo("settle-first");
        Todo second = new Todo("settle-second");
        TenantRef shop = lanes.shops.open();
        LaneWorkers node = lanes.node(LaneFixture.HOUR, 2, first, second);
        first.during(_ -> {
            second.add(shop, 3);
            node.note("settle-second", shop);
        });
        node.start();
        first.add(shop, 1);
        node.note("settle-first", shop);
        assertThat(node.settle(Duration.ofSeconds(20))).isTrue();
        assertThat(first.left(shop)).isZero();
        assertThat(second.left(shop)).isZero();
    }

    @Test
    void twoNodesNeverServeOneLaneAtOnceAndTogetherDoItAll() {
        Todo todo = new Todo("shared");
        List<TenantRef> shops = lanes.shops.open(10);
        shops.forEach(shop -> todo.add(shop, 20));
        LaneWorkers one = lanes.node(Duration.ofMillis(20), 3, todo);
        LaneWorkers two = lanes.node(Duration.ofMillis(20), 3, todo);
        one.start();
        two.start();
        shops.forEach(shop -> one.note("shared", shop));
        shops.forEach(shop -> two.note("shared", shop));
        await().until(() -> shops.stream().allMatch(shop -> todo.left(shop) == 0));
        assertThat(todo.servedTwiceAtOnce()).isEmpty();
        shops.forEach(shop ->
                assertThat(Collections.frequency(todo.served(), shop.id()))
                        .isGreaterThanOrEqualTo(20));
    }

    @Test
    void aTenantWithEndlessWorkIsServedOnceForEachTurnOfTheOthers() {
        Todo todo = new Todo("fair");
        TenantRef endless = lanes.shops.open();
        List<TenantRef> others = lanes.shops.open(20);
        todo.add(endless, 1_000_000);
        lanes.note("fair", endless);
        for (TenantRef shop : others) {
            todo.add(shop, 2);
            lanes.note("fair", shop);
        }
        LaneWorkers node = lanes.node(Duration.ofMillis(50), 1, todo);
        node.start();
        await().until(() -> others.stream().allMatch(shop -> todo.left(shop) == 0));
        int lastOfOthers =
                others.stream().mapToInt(s -> todo.served().lastIndexOf(s.id())).max().orElse(0);
        // Two rounds of twenty and the endless one's own slices: one at the head of each round.
        assertThat(lastOfOthers).isLessThanOrEqualTo(42);
    }

    @Test
    void theLaneOfANodeThatDiedIsTakenOver() {
        Todo todo = new Todo("dead-node");
        TenantRef shop = lanes.shops.open();
        todo.add(shop, 1);
        lanes.note("dead-node", shop);
        assertThat(lanes.claim("dead-node", 1, Duration.ZERO)).hasSize(1);
        lanes.node(todo).start();
        await().until(() -> todo.left(shop) == 0);
        assertThat(lanes.metrics.meter("lanes.reaped").getCount()).isPositive();
    }

    @Test
    void whatANodeThatDiedHadNotNotedYetIsFoundWithItsLane() {
        Todo planning = new Todo("dead-planning");
        Todo sending = new Todo("dead-sending");
        TenantRef shop = lanes.shops.open();
        sending.add(shop, 2);
        lanes.note("dead-planning", shop);
        assertThat(lanes.claim("dead-planning", 1, Duration.ZERO)).hasSize(1);
        lanes.node(planning, sending).start();
        await().until(() -> sending.left(shop) == 0);
    }

    @Test
    void aTenantThatFailsRestsAndHoldsUpNobody() {
        TenantRef broken = lanes.shops.open();
        Todo todo = new Todo("failures");
        todo.during(shop -> {
            if (shop.equals(broken)) {
                throw new IllegalStateException("secret of a member");
            }
        });
        TenantRef healthy = lanes.shops.open();
        todo.add(broken, 5);
        todo.add(healthy, 5);
        lanes.note("failures", broken, healthy);
        lanes.node(Duration.ofMillis(50), 1, todo).start();
        await().until(() -> todo.left(healthy) == 0);
        LaneFixture.Row row = lanes.row("failures", broken).orElseThrow();
        assertThat(row.failures()).isEqualTo(1);
        assertThat(row.ready()).isFalse();
        assertThat(row.nextAt().orElseThrow()).isAfter(lanes.clock.now());
        assertThat(row.lastError().orElseThrow())
                .startsWith("java.lang.IllegalStateException at io.regulars.")
                .doesNotContain("secret");
    }

    @Test
    void workThatIsPlannedIsDoneWhenItsTimeHasCome() {
        Todo todo = new Todo("planned");
        TenantRef shop = lanes.shops.open();
        Instant soon = lanes.clock.now().plusMillis(300);
        todo.plan(shop, soon);
        lanes.note("planned", shop);
        lanes.node(todo).start();
        await().until(() -> todo.served().size() >= 2);
        assertThat(lanes.clock.now()).isAfterOrEqualTo(soon);
    }

    @Test
    void theFutureOfATestSideIsLeftToWhoeverMovesItsClock() {
        Todo todo = new Todo("test-side");
        TenantRef shop = lanes.shops.open(Side.TEST);
        Instant testNow = Instant.parse("2031-01-01T09:00:00Z");
        lanes.testClocks.put(shop, testNow);
        // Far ahead of the service's clock, yet due: it is the test clock that counts.
        todo.plan(shop, testNow);
        lanes.note("test-side", shop);
        lanes.node(todo).start();
        await().until(() -> todo.served().size() >= 2);
        todo.plan(shop, testNow.plusSeconds(1));
        await().until(() -> lanes.row("test-side", shop).orElseThrow().idle());
    }

    @Test
    void theLaneOfATenantThatIsNoMoreIsDropped() {
        Todo todo = new Todo("closed");
        TenantRef shop = lanes.shops.open();
        lanes.note("closed", shop);
        lanes.shops.close(shop);
        lanes.node(todo).start();
        await().until(() -> lanes.row("closed", shop).isEmpty());
        assertThat(todo.served()).isEmpty();
    }

    @Test
    void aStopLetsTheSliceEndAndWritesItsNotes() {
        CountDownLatch inSlice = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        TenantRef shop = lanes.shops.open();
        Todo todo = new Todo("stop");
        LaneWorkers node = lanes.node(LaneFixture.HOUR, 1, todo);
        todo.during(_ -> {
            inSlice.countDown();
            Latches.await(goOn);
            node.note("stop-next", shop);
        });
        todo.add(shop, 2);
        node.start();
        node.note("stop", shop);
        Latches.await(inSlice);
        Thread stopping = Thread.ofVirtual().start(node::stop);
        await().until(() -> stopping.getState() == Thread.State.TIMED_WAITING);
        goOn.countDown();
        await().until(() -> !stopping.isAlive());
        assertThat(todo.served()).hasSize(1);
        assertThat(lanes.row("stop", shop).orElseThrow().ready()).isTrue();
        assertThat(lanes.row("stop-next", shop).orElseThrow().ready()).isTrue();
    }

    @Test
    void aNoteAfterTheEndIsNoError() {
        LaneWorkers node = lanes.node();
        node.start();
        node.close();
        TenantRef shop = lanes.shops.open();
        node.note("late", shop);
        assertThat(lanes.row("late", shop)).isEmpty();
    }

    @Test
    void aQueueCannotBeAddedTwiceOrToARunningNode() {
        LaneWorkers node = lanes.node(new Todo("once"));
        assertThatThrownBy(() -> node.register(new Todo("once"), 1))
                .isInstanceOf(IllegalStateException.class);
        node.start();
        assertThatThrownBy(() -> node.register(new Todo("other"), 1))
                .isInstanceOf(IllegalStateException.class);
    }
}
