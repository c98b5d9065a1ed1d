package io.regulars.platform.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HeldLanesTest {

    private static final Instant TEST_NOW = Instant.parse("2031-01-01T09:00:00Z");

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
    void doesAllThatIsDueAndWhatFollowsFromItBeforeItReturns() {
        Todo mails = new Todo("drain-mails");
        Todo hooks = new Todo("drain-hooks");
        TenantRef shop = testShop();
        // Registered the wrong way round on purpose: hooks make mails, mails make hooks.
        hooks.during(_ -> mails.add(shop, hooks.served().isEmpty() ? 2 : 0));
        mails.during(_ -> hooks.add(shop, mails.served().isEmpty() ? 1 : 0));
        LaneWorkers node = lanes.node(mails, hooks);
        node.start();
        hooks.add(shop, 1);
        LaneFixture.drain(node, shop);
        assertThat(mails.left(shop)).isZero();
        assertThat(hooks.left(shop)).isZero();
        assertThat(mails.served()).hasSize(2);
        assertThat(hooks.served()).hasSize(2);
        await().until(() -> lanes.row("drain-mails", shop).orElseThrow().idle());
        await().until(() -> lanes.row("drain-hooks", shop).orElseThrow().idle());
    }

    @Test
    void worksOnANodeWithoutRunningWorkersToo() {
        Todo todo = new Todo("drain-alone");
        TenantRef shop = testShop();
        todo.add(shop, 3);
        LaneFixture.drain(lanes.node(todo), shop);
        assertThat(todo.left(shop)).isZero();
    }

    @Test
    void leavesTheFutureOfTheTenantAlone() {
        Todo todo = new Todo("drain-future");
        TenantRef shop = testShop();
        Instant tomorrow = TEST_NOW.plusSeconds(86_400);
        todo.plan(shop, tomorrow);
        assertThat(LaneFixture.drain(lanes.node(todo), shop)).contains(tomorrow);
        assertThat(todo.served()).isEmpty();
    }

    @Test
    void waitsForASliceThatAWorkerIsServingAndKeepsWorkersAway() {
        CountDownLatch inSlice = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Todo todo = new Todo("drain-busy");
        TenantRef shop = testShop();
        todo.during(_ -> {
            inSlice.countDown();
            Latches.await(goOn);
        });
        todo.add(shop, 50);
        LaneWorkers node = lanes.node(todo);
        LaneWorkers other = lanes.node(todo);
        node.start();
        other.start();
        node.note("drain-busy", shop);
        Latches.await(inSlice);
        Thread draining = Thread.ofVirtual().start(() -> LaneFixture.drain(node, shop));
        goOn.countDown();
        await().until(() -> !draining.isAlive());
        assertThat(todo.left(shop)).isZero();
        assertThat(todo.servedTwiceAtOnce()).isEmpty();
    }

    @Test
    void aFailureIsTheCallersAndLeavesNoLaneLeased() {
        Todo todo = new Todo("drain-broken");
        TenantRef shop = testShop();
        todo.during(_ -> {
            throw new IllegalStateException("no");
        });
        todo.add(shop, 1);
        LaneWorkers node = lanes.node(todo);
        assertThatThrownBy(() -> LaneFixture.drain(node, shop)).hasMessage("no");
        LaneFixture.Row row = lanes.row("drain-broken", shop).orElseThrow();
        assertThat(row.leased()).isFalse();
        assertThat(row.ready()).isTrue();
    }

    private static TenantRef testShop() {
        TenantRef shop = lanes.shops.open(Side.TEST);
        lanes.testClocks.put(shop, TEST_NOW);
        return shop;
    }
}
