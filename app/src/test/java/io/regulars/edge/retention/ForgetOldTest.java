package io.regulars.edge.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.regulars.platform.db.Databases;
import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantSchemas;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.time.Clock;
import io.regulars.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForgetOldTest {

    @Test
    void whatIsOlderThanItsPeriodIsForgottenAndNothingElse() {
        try (Databases databases =
                Databases.open(TestDatabase.create(), Clock.system(), new MetricRegistry())) {
            databases.schemas().makeSpares(1);
            Instant now = Clock.system().now();
            String schema =
                    databases
                            .control()
                            .inTransaction(
                                    handle -> TenantSchemas.claim(handle, now).orElseThrow());
            TenantRef side =
                    new TenantRef(
                            TenantId.next(), Side.LIVE, schema, ZoneOffset.UTC, "VN", Locale.ROOT);
            events(databases, side, "purchase.recorded", now.minus(Duration.ofDays(11)), 2500);
            events(databases, side, "purchase.recorded", now.minus(Duration.ofDays(9)), 3);
            events(databases, side, "audit.campaign.created", now.minus(Duration.ofDays(11)), 4);
            events(databases, side, "audit.campaign.created", now.minus(Duration.ofDays(31)), 5);
            ForgetOld forgetOld =
                    new ForgetOld(
                            databases.tenants(),
                            Clock.system(),
                            new Periods(
                                    Duration.ofDays(10),
                                    Duration.ofDays(10),
                                    Duration.ofDays(10),
                                    Duration.ofDays(30)));
            assertThat(forgetOld.sweep(side)).isEqualTo(Map.of("events", 2500, "audit", 5));
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
        }
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
