package io.regulars.edge.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.regulars.platform.db.Databases;
import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.ids.TypeIds;
import io.regulars.platform.time.Clock;
import io.regulars.testing.TestClock;
import io.regulars.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForgetOldTest {

    private static final Periods PERIODS =
            new Periods(
                    Duration.ofDays(10),
                    Duration.ofDays(10),
                    Duration.ofDays(10),
                    Duration.ofDays(30));

    @Test
    void whatIsOlderThanItsPeriodIsForgottenAndNothingElse() {
        try (Databases databases = databases()) {
            Instant now = TestClock.CLOCK.now();
            TenantRef side = side(databases);
            history(databases, side, now);
            ForgetOld forgetOld = new ForgetOld(databases.tenants(), TestClock.CLOCK, PERIODS);
            assertThat(forgetOld.sweep(side))
                    .isEqualTo(
                            Map.of(
                                    "events",
                                    2500,
                                    "audit",
                                    5,
                                    "webhook_deliveries",
                                    6,
                                    "messages",
                                    3));
            assertThat(forgetOld.sweep(side)).isEmpty();
            int left =
                    databases
                            .tenants()
                            .inTransaction(
                                    side,
                                    tx ->
                                            tx.query("select count(*) from <t>.event")
                                                    .mapTo(Integer.class)
                                                    .one());
            assertThat(left).isEqualTo(7);
            assertThat(
                            count(
                                    databases,
                                    side,
                                    "select count(*) from <t>.message where state = 'sent' and subject is null"))
                    .as("that they were sent stays for the reports")
                    .isEqualTo(3);
            assertThat(count(databases, side, "select count(*) from <t>.webhook_delivery"))
                    .isEqualTo(2);
        }
    }

    @Test
    void aDaysShareIsForgottenHoweverMuchItIs() {
        try (Databases databases = databases()) {
            Instant now = TestClock.CLOCK.now();
            TenantRef side = side(databases);
            events(databases, side, "purchase.recorded", now.minus(Duration.ofDays(11)), 51_500);
            ForgetOld forgetOld = new ForgetOld(databases.tenants(), TestClock.CLOCK, PERIODS);
            assertThat(forgetOld.sweep(side)).isEqualTo(Map.of("events", 51_500));
        }
    }

    @Test
    void whatOneTurnDoesNotHoldIsForgottenInTheNextAndThenThereIsRestForADay() {
        try (Databases databases = databases()) {
            Instant now = TestClock.CLOCK.now();
            TenantRef side = side(databases);
            events(databases, side, "purchase.recorded", now.minus(Duration.ofDays(11)), 2_500);
            ForgetOld hasty =
                    new ForgetOld(
                            databases.tenants(), TestClock.CLOCK, PERIODS, Duration.ofNanos(1));
            assertThat(hasty.sweep(side)).isEqualTo(Map.of("events", 1_000));
            assertThat(hasty.sweep(side)).isEqualTo(Map.of("events", 1_000));
            assertThat(hasty.sweep(side)).isEqualTo(Map.of("events", 500));
            events(databases, side, "audit.x", now.minus(Duration.ofDays(31)), 1);
            assertThat(hasty.sweep(side)).isEmpty();
            ForgetOld tomorrow =
                    new ForgetOld(
                            databases.tenants(),
                            Clock.startingAt(Optional.of(now.plus(Duration.ofDays(1)))),
                            PERIODS);
            assertThat(tomorrow.sweep(side)).isEqualTo(Map.of("audit", 1));
        }
    }

    @Test
    void aRelaysWordsGoWithTheTextAndTheReasonOfASkipStays() {
        try (Databases databases = databases()) {
            Instant now = TestClock.CLOCK.now();
            TenantRef side = side(databases);
            mails(databases, side, now.minus(Duration.ofDays(11)), 4);
            databases
                    .tenants()
                    .run(
                            side,
                            tx ->
                                    tx.update(
                                                    """
                                                    update <t>.message m
                                                       set state = n.state, reason = n.state || ' because',
                                                           recipient = null, subject = null, model = null
                                                      from (select id, (array['failed', 'unknown', 'skipped', 'sent'])
                                                                       [row_number() over (order by id)] as state
                                                              from <t>.message) n
                                                     where n.id = m.id
                                                    """)
                                            .execute());
            new ForgetOld(databases.tenants(), TestClock.CLOCK, PERIODS).sweep(side);
            List<String> kept =
                    databases
                            .tenants()
                            .inTransaction(
                                    side,
                                    tx ->
                                            tx.query(
                                                            "select reason from <t>.message where reason is not null")
                                                    .mapTo(String.class)
                                                    .list());
            assertThat(kept).containsExactly("skipped because");
        }
    }

    private static Databases databases() {
        return Databases.open(TestDatabase.create(), TestClock.CLOCK, new MetricRegistry());
    }

    private static TenantRef side(Databases databases) {
        databases.schemas().makeSpares(1);
        String schema =
                databases
                        .control()
                        .inTransaction(handle ->
                                databases
                                        .schemas()
                                        .claim(handle, TestClock.CLOCK.now())
                                        .orElseThrow());
        return new TenantRef(TenantId.next(), Side.LIVE, schema, ZoneOffset.UTC, "VN", Locale.ROOT);
    }

    private static void history(Databases databases, TenantRef side, Instant now) {
        events(databases, side, "purchase.recorded", now.minus(Duration.ofDays(11)), 2500);
        events(databases, side, "purchase.recorded", now.minus(Duration.ofDays(9)), 3);
        events(databases, side, "audit.campaign.created", now.minus(Duration.ofDays(11)), 4);
        events(databases, side, "audit.campaign.created", now.minus(Duration.ofDays(31)), 5);
        mails(databases, side, now.minus(Duration.ofDays(11)), 3);
        mails(databases, side, now.minus(Duration.ofDays(9)), 2);
        deliveries(databases, side, "delivered", now.minus(Duration.ofDays(11)), 6);
        deliveries(databases, side, "retry", now.minus(Duration.ofDays(11)), 1);
        deliveries(databases, side, "failed", now.minus(Duration.ofDays(9)), 1);
    }

    private static int count(Databases databases, TenantRef side, String sql) {
        return databases
                .tenants()
                .inTransaction(side, tx -> tx.query(sql).mapTo(Integer.class).one());
    }

    private static List<UUID> ids(Instant at, int count, int salt) {
        UUID first = ForgetOld.before(at);
        return IntStream.range(0, count)
                .mapToObj(i ->
                        new UUID(
                                first.getMostSignificantBits(),
                                first.getLeastSignificantBits() + salt * 1_000L + i))
                .toList();
    }

    private static void mails(Databases databases, TenantRef side, Instant at, int count) {
        databases
                .tenants()
                .run(
                        side,
                        tx -> {
                            UUID member = TypeIds.next();
                            tx.update(
                                            """
                                            insert into <t>.member (id, email, attributes, card_number, referral_code, marketing_email,
                                                   program_version, joined_at, card_epoch, version, created_at, updated_at)
                                            values (:id, :email, '{}', :card, :card, false, 1, :at, 0, 1, :at, :at)
                                            """)
                                    .bind("id", member)
                                    .bind("email", member + "@members.example")
                                    .bind("card", member.toString())
                                    .bind("at", at)
                                    .execute();
                            tx.update(
                                            """
                                            insert into <t>.message (id, kind, class, member_id, occurrence, state, recipient, subject, model,
                                                   urgency, due_at, not_after, attempts, planned_at, sent_at, updated_at)
                                            select id, 'broadcast', 'advertising', :member, id::text, 'sent', 'a@b.example', 'Hello', '{}',
                                                   2, :at, :at, 1, :at, :at, :at from unnest(:ids) as id
                                            """)
                                    .bind("member", member)
                                    .bind("at", at)
                                    .bindArray("ids", UUID.class, ids(at, count, 1))
                                    .execute();
                        });
    }

    private static void deliveries(
            Databases databases, TenantRef side, String state, Instant at, int count) {
        databases
                .tenants()
                .run(
                        side,
                        tx ->
                                tx.update(
                                                """
                                                insert into <t>.webhook_delivery (id, endpoint_id, event_id, type, state, attempts,
                                                       due_at, created_at, updated_at)
                                                select id, id, id, 'test', :state, 1, :at, :at, :at from unnest(:ids) as id
                                                """)
                                        .bind("state", state)
                                        .bind("at", at)
                                        .bindArray(
                                                "ids",
                                                UUID.class,
                                                ids(at, count, state.hashCode() % 1000))
                                        .execute());
    }

    private static void events(
            Databases databases, TenantRef side, String type, Instant at, int count) {
        UUID first = ForgetOld.before(at);
        databases
                .tenants()
                .run(
                        side,
                        tx ->
                                tx.update(
                                                """
                                                insert into <t>.event (id, type, data, occurred_at, pending, awaited)
                                                select id, :type, '{}', :at, false, false from unnest(:ids) as id
                                                """)
                                        .bind("type", type)
                                        .bind("at", at)
                                        .bindArray(
                                                "ids",
                                                UUID.class,
                                                IntStream.range(0, count)
                                                        .mapToObj(i ->
                                                                new UUID(
                                                                        first
                                                                                .getMostSignificantBits(),
                                                                        first
                                                                                        .getLeastSignificantBits()
                                                                                + type.hashCode()
                                                                                        * 100_000L
                                                                                + i))
                                                        .toList())
                                        .execute());
    }
}
