package io.regulars.engagement.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.codahale.metrics.MetricRegistry;
import io.regulars.platform.db.Databases;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.ids.TypeIds;
import io.regulars.platform.smtp.Handover;
import io.regulars.testing.TestClock;
import io.regulars.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MailPaceTest {

    private static final Instant START = Instant.parse("2027-03-01T09:00:00Z");
    private static final TenantId SHOP = new TenantId(TypeIds.next());
    private static final TenantId OTHER = new TenantId(TypeIds.next());
    private static final MailRates.Throttled THROTTLED = new MailRates.Throttled(1, 300);

    private static Databases databases;

    @BeforeAll
    static void open() {
        databases = Databases.open(TestDatabase.create(), TestClock.CLOCK, new MetricRegistry());
    }

    @AfterAll
    static void close() {
        databases.close();
    }

    @Test
    void twoNodesTogetherKeepTheRateAndEachHasItsTurns() {
        List<MailPace> nodes = List.of(node(rates(0, 0, 10)), node(rates(0, 0, 10)));
        int[] left = new int[2];
        int seconds = 20;
        for (int tick = 0; tick < seconds * 20; tick++) {
            Instant now = START.plusMillis(tick * 50L);
            for (int node = 0; node < 2; node++) {
                for (int mail = 0; mail < 8; mail++) {
                    if (leaves(nodes.get(node), SHOP, "m@fair.example", now)) {
                        left[node]++;
                    }
                }
                nodes.get(node).settle(now);
            }
        }
        assertThat(left[0] + left[1])
                .isGreaterThanOrEqualTo(10 * (seconds - 1))
                .isLessThanOrEqualTo(10 * (seconds + 1) + 2);
        assertThat(left[0]).isCloseTo(left[1], within(5));
    }

    @Test
    void aDomainThatHadTooMuchIsSlowerAndNoOtherIs() {
        MailPace node = node(rates(0, 0, 0));
        MailPace other = node(rates(0, 0, 0));
        assertThat(leaves(node, SHOP, "a@slow.example", START)).isTrue();
        node.heard("a@SLOW.example", deferred(451), START);
        node.heard("b@slow.example", deferred(421), START.plusMillis(10));
        node.settle(START);
        assertThat(leaves(node, SHOP, "b@slow.example", START)).isFalse();
        assertThat(leaves(node, SHOP, "b@quick.example", START)).isTrue();
        // The other node hears of it within a second.
        other.refresh(START.plusSeconds(1));
        assertThat(leaves(other, SHOP, "c@slow.example", START.plusSeconds(1))).isFalse();
        assertThat(inOneMinute(node, "slow.example", START.plusSeconds(2))).isBetween(58, 63);
        assertThat(inOneMinute(node, "slow.example", START.plusSeconds(300))).isBetween(116, 126);
        assertThat(leaves(node, SHOP, "z@slow.example", START.plus(Duration.ofHours(1)))).isTrue();
    }

    @Test
    void otherAnswersSlowNothing() {
        MailPace node = node(rates(0, 0, 0));
        node.heard("a@full.example", deferred(452), START);
        node.heard(
                "a@full.example",
                new Handover.Refused(550, "gone", Handover.Stage.RECIPIENT),
                START);
        node.heard("a@full.example", new Handover.Deferred(OptionalInt.empty(), "down"), START);
        assertThat(leaves(node, SHOP, "a@full.example", START)).isTrue();
    }

    @Test
    void aRelayThatIsBusyItselfSlowsNoDomain() {
        MailPace node = node(rates(0, 0, 0));
        node.heard("a@full.example", new Handover.Deferred(OptionalInt.of(421), "busy"), START);
        node.heard(
                "a@full.example",
                new Handover.Deferred(OptionalInt.of(421), "busy", Handover.Stage.SENDER),
                START);
        for (int i = 0; i < 100; i++) {
            assertThat(leaves(node, SHOP, "a@full.example", START)).isTrue();
        }
    }

    @Test
    void eachShopHasARateAndALineOfItsOwn() {
        MailPace node = node(rates(0, 5, 0));
        Instant last = START;
        for (int i = 0; i < 1_000; i++) {
            last = node.from(SHOP, "m" + i + "@x" + i + ".example", false, START);
        }
        // A thousand wait, five a second; the other shop's first mail does not wait behind them.
        assertThat(last).isBetween(START.plusSeconds(199), START.plusSeconds(201));
        assertThat(node.from(OTHER, "m@y.example", false, START))
                .isBeforeOrEqualTo(START.plusSeconds(1));
        assertThat(node.from(SHOP, "m@z.example", true, START)).isEqualTo(START);
    }

    @Test
    void theRelaysRateHoldsForAllShopsTogether() {
        MailPace node = node(rates(4, 0, 0));
        int left = 0;
        for (int tick = 0; tick < 200; tick++) {
            Instant now = START.plusMillis(tick * 50L);
            left += leaves(node, tick % 2 == 0 ? SHOP : OTHER, "m@r.example", now) ? 1 : 0;
            node.settle(now);
        }
        assertThat(left).isBetween(36, 45);
    }

    @Test
    void aRelayIsHeldAndReleasedForAllNodes() {
        RelayHold hold = new RelayHold(databases.control(), "held.example:25");
        MailPace node = new MailPace(databases.control(), rates(0, 0, 0), "held.example:25");
        assertThat(node.refresh(START)).isFalse();
        hold.hold("blacklisted", START);
        assertThat(node.refresh(START.plusSeconds(1))).isTrue();
        assertThat(hold.state())
                .hasValueSatisfying(held -> assertThat(held.reason()).isEqualTo("blacklisted"));
        hold.release();
        assertThat(node.refresh(START.plusSeconds(2))).isFalse();
    }

    @Test
    void oursHoldBackNothingThatGoesToARelayOnThisMachine() {
        assertThat(MailRates.read("", true).domainPerSecond()).isZero();
        assertThat(MailRates.read("", false).domainPerSecond()).isPositive();
    }

    private static MailRates rates(double relay, double shop, double domain) {
        return new MailRates(relay, shop, domain, Map.of(), THROTTLED);
    }

    /** A relay of its own for each test, or they would share its row. */
    private static MailPace node(MailRates rates) {
        return new MailPace(databases.control(), rates, "relay-" + rates.relayPerSecond());
    }

    private static boolean leaves(MailPace node, TenantId shop, String to, Instant now) {
        return node.from(shop, to, false, now).equals(now);
    }

    private static int inOneMinute(MailPace node, String domain, Instant from) {
        int left = 0;
        for (int tick = 0; tick < 600; tick++) {
            Instant now = from.plusMillis(tick * 100L);
            left += leaves(node, SHOP, "m@" + domain, now) ? 1 : 0;
            node.settle(now);
        }
        return left;
    }

    private static Handover deferred(int code) {
        return new Handover.Deferred(OptionalInt.of(code), "too much", Handover.Stage.RECIPIENT);
    }
}
