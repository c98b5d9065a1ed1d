package io.regulars.platform.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SweeperTest {

    private LaneFixture lanes;

    @BeforeEach
    void open() {
        lanes = new LaneFixture();
    }

    @AfterEach
    void close() {
        lanes.close();
    }

    @Test
    void findsWorkThatWasNeverNotedOfAnyNumberOfTenants() {
        Todo todo = new Todo("lost");
        List<TenantRef> shops = lanes.shops.open(250);
        todo.add(shops.getFirst(), 1);
        todo.add(shops.getLast(), 1);
        LaneWorkers node = lanes.node(todo);
        assertThat(node.sweep()).isEqualTo(2);
        assertThat(node.sweep()).isZero();
        node.start();
        await().until(() -> todo.left(shops.getFirst()) == 0 && todo.left(shops.getLast()) == 0);
    }

    @Test
    void findsPlansToo() {
        Todo todo = new Todo("plans");
        TenantRef shop = lanes.shops.open();
        Instant later = lanes.clock.now().plusSeconds(60);
        todo.plan(shop, later);
        assertThat(lanes.node(todo).sweep()).isEqualTo(1);
        assertThat(lanes.row("plans", shop).orElseThrow().nextAt()).contains(later);
    }

    @Test
    void leavesTheFutureOfATestSideAlone() {
        Todo todo = new Todo("test-side");
        TenantRef shop = lanes.shops.open(Side.TEST);
        lanes.testClocks.put(shop, Instant.EPOCH.plusSeconds(5));
        todo.plan(shop, Instant.EPOCH.plusSeconds(6));
        LaneWorkers node = lanes.node(todo);
        assertThat(node.sweep()).isZero();
        lanes.testClocks.put(shop, Instant.EPOCH.plusSeconds(6));
        assertThat(node.sweep()).isEqualTo(1);
    }

    @Test
    void oneTenantThatCannotBeReadDoesNotHideTheOthers() {
        TenantRef broken = lanes.shops.open();
        TenantRef healthy = lanes.shops.open();
        LaneWork work =
                new LaneWork() {
                    @Override
                    public String queue() {
                        return "broken";
                    }

                    @Override
                    public Optional<Instant> serve(TenantRef tenant) {
                        return Optional.empty();
                    }

                    @Override
                    public Optional<Instant> nextDue(TenantRef tenant) {
                        if (tenant.equals(broken)) {
                            throw new IllegalStateException("schema too old");
                        }
                        return Optional.of(Instant.EPOCH);
                    }
                };
        assertThat(lanes.node(work).sweep()).isEqualTo(1);
        assertThat(lanes.row("broken", healthy).orElseThrow().ready()).isTrue();
    }
}
