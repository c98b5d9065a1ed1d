package io.regulars.platform.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TypeIds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LaneDaoTest {

    private static final Duration LEASE = Duration.ofMinutes(1);

    private static LaneFixture lanes;

    @BeforeAll
    static void open() {
        lanes = new LaneFixture();
    }

    @AfterAll
    static void close() {
        lanes.close();
    }

    @Test
    void theLaneThatWasNotServedForLongestIsClaimedFirst() {
        List<TenantRef> shops = lanes.shops.open(3);
        shops.forEach(shop -> lanes.note("order", shop));
        Claim first = claimOne("order");
        assertThat(first.lane().tenant()).isEqualTo(shops.getFirst().id());
        putBack(first, Optional.of(Instant.EPOCH));

        assertThat(claimOne("order").lane().tenant()).isEqualTo(shops.get(1).id());
        assertThat(claimOne("order").lane().tenant()).isEqualTo(shops.get(2).id());
        assertThat(claimOne("order").lane().tenant()).isEqualTo(shops.getFirst().id());
        assertThat(lanes.claim("order", 1, LEASE)).isEmpty();
    }

    @Test
    void aShopThatHadNothingToDoComesBeforeTheBusyOnes() {
        TenantRef quiet = lanes.shops.open();
        TenantRef busy = lanes.shops.open();
        lanes.note("quiet", quiet);
        putBack(claimOne("quiet"), Optional.empty());
        lanes.note("quiet", busy, quiet);

        assertThat(claimOne("quiet").lane().tenant()).isEqualTo(quiet.id());
    }

    @Test
    void aLaneWithNothingLeftIsIdleAndOneWithAPlanComesInLineAtItsTime() {
        TenantRef shop = lanes.shops.open();
        lanes.note("plan", shop);
        putBack(claimOne("plan"), Optional.empty());
        assertThat(lanes.row("plan", shop).orElseThrow().idle()).isTrue();

        Instant later = lanes.clock.now().plusSeconds(60);
        lanes.note("plan", shop);
        putBack(claimOne("plan"), Optional.of(later));
        lanes.dao(dao -> dao.promote(later.minusMillis(1)));
        assertThat(lanes.claim("plan", 1, LEASE)).isEmpty();
        lanes.dao(dao -> dao.promote(later));
        assertThat(lanes.claim("plan", 1, LEASE)).hasSize(1);
    }

    @Test
    void aNoteThatComesWhileTheLaneIsServedPutsItBackInLine() {
        TenantRef shop = lanes.shops.open();
        lanes.note("meanwhile", shop);
        Claim claim = claimOne("meanwhile");
        lanes.note("meanwhile", shop);
        assertThat(lanes.claim("meanwhile", 1, LEASE)).isEmpty();

        assertThat(putBack(claim, Optional.empty())).contains(true);
        assertThat(claimOne("meanwhile").lane().tenant()).isEqualTo(shop.id());
    }

    @Test
    void aNoteOfALaneInLineChangesNothing() {
        TenantRef shop = lanes.shops.open();
        lanes.note("same", shop);
        LaneFixture.Row before = lanes.row("same", shop).orElseThrow();
        lanes.note("same", shop, shop);
        assertThat(lanes.row("same", shop)).contains(before);
    }

    @Test
    void whoHasLostTheLeaseCannotPutTheLaneBack() {
        TenantRef shop = lanes.shops.open();
        lanes.note("lost", shop);
        Claim dead = lanes.claim("lost", 1, Duration.ZERO).getFirst();
        lanes.dao(dao -> dao.reap(lanes.clock.now(), Backoff.LONGEST));
        Claim taken = claimOne("lost");

        assertThat(putBack(dead, Optional.empty())).isEmpty();
        assertThat(lanes.<Boolean>dao(dao -> dao.fail(dead, Instant.EPOCH, "late"))).isFalse();
        assertThat(lanes.row("lost", shop).orElseThrow().leased()).isTrue();
        assertThat(putBack(taken, Optional.empty())).contains(false);
    }

    @Test
    void aLaneThatTakesItsNodeDownAgainAndAgainWaits() {
        TenantRef shop = lanes.shops.open();
        lanes.note("poison", shop);
        for (int i = 0; i < 3; i++) {
            assertThat(lanes.claim("poison", 1, Duration.ZERO)).hasSize(1);
            lanes.dao(dao -> dao.reap(lanes.clock.now(), Backoff.LONGEST));
        }
        LaneFixture.Row row = lanes.row("poison", shop).orElseThrow();
        assertThat(row.ready()).isFalse();
        assertThat(row.failures()).isEqualTo(3);
        assertThat(row.nextAt().orElseThrow()).isAfter(lanes.clock.now().plusSeconds(600));
    }

    @Test
    void aLaneThatFailedIsNotHurriedByNotes() {
        TenantRef shop = lanes.shops.open();
        lanes.note("failing", shop);
        Instant retryAt = lanes.clock.now().plusSeconds(60);
        Claim claim = claimOne("failing");
        lanes.dao(dao -> dao.fail(claim, retryAt, "broken"));
        lanes.note("failing", shop);

        LaneFixture.Row row = lanes.row("failing", shop).orElseThrow();
        assertThat(row.nextAt()).contains(retryAt);
        assertThat(row.ready()).isFalse();
        assertThat(row.lastError()).contains("broken");
    }

    @Test
    void aDeadLaneCanBeGivenAnotherTry() {
        TenantRef shop = lanes.shops.open();
        lanes.note("dead", shop);
        for (int i = 0; i < Backoff.DEAD_AFTER; i++) {
            lanes.dao(dao -> dao.promote(Instant.EPOCH.plusSeconds(1)));
            Claim claim = claimOne("dead");
            lanes.dao(dao -> dao.fail(claim, Instant.EPOCH, "broken"));
        }
        assertThat(countFailing()).isEqualTo(1);
        lanes.control.run(
                handle -> new DeadLaneDao(handle).revive(Backoff.DEAD_AFTER, lanes.clock.now()));
        assertThat(countFailing()).isZero();
        assertThat(claimOne("dead").failures()).isZero();
    }

    @Test
    void aLeaseIsRenewedForAsLongAsItIsHeld() {
        TenantRef shop = lanes.shops.open();
        lanes.note("long", shop);
        List<Claim> claims = lanes.claim("long", 1, Duration.ofSeconds(1));
        Leases leases = new Leases(lanes.control, LaneFixture.HOUR);
        leases.hold(claims);
        leases.renew();
        Instant soon = lanes.clock.now().plusSeconds(3000);
        assertThat(lanes.row("long", shop).orElseThrow().leaseUntil().orElseThrow()).isAfter(soon);
    }

    @Test
    void lanesOfOneTenantAreTakenInOrderUpToTheFirstThatIsHeld() {
        TenantRef shop = lanes.shops.open();
        lanes.note("take-b", shop);
        Claim held = claimOne("take-b");
        List<LaneKey> wanted =
                List.of(
                        LaneKey.of("take-c", shop),
                        LaneKey.of("take-b", shop),
                        LaneKey.of("take-a", shop));

        assertThat(take(wanted)).extracting(Claim::lane).containsExactly(wanted.get(2));
        putBack(held, Optional.empty());
        assertThat(take(wanted.subList(0, 2)))
                .extracting(Claim::lane)
                .containsExactly(wanted.get(1), wanted.get(0));
    }

    @Test
    void aPlanIsOnlyNewsToALaneThatDidNotKnow() {
        TenantRef shop = lanes.shops.open();
        LaneKey key = LaneKey.of("news", shop);
        Instant later = lanes.clock.now().plusSeconds(60);
        assertThat(plan(key, later)).isEqualTo(1);
        assertThat(plan(key, later)).isZero();
        assertThat(plan(key, later.plusSeconds(1))).isZero();
        assertThat(plan(key, Instant.EPOCH)).isEqualTo(1);
        assertThat(claimOne("news").lane()).isEqualTo(key);
        assertThat(plan(key, Instant.EPOCH)).isZero();
    }

    private static int plan(LaneKey key, Instant at) {
        return lanes.dao(dao -> dao.plan(Map.of(key, at), lanes.clock.now()));
    }

    private static List<Claim> take(List<LaneKey> wanted) {
        return lanes.dao(dao -> dao.take(wanted, TypeIds.next(), LEASE));
    }

    private static Claim claimOne(String queue) {
        List<Claim> claims = lanes.claim(queue, 1, LEASE);
        assertThat(claims).hasSize(1);
        return claims.getFirst();
    }

    private static Optional<Boolean> putBack(Claim claim, Optional<Instant> next) {
        return lanes.dao(dao -> dao.putBack(claim, next, lanes.clock.now()));
    }

    private static long countFailing() {
        return lanes.control.inTransaction(
                handle -> new DeadLaneDao(handle).countFailing(Backoff.DEAD_AFTER));
    }
}
