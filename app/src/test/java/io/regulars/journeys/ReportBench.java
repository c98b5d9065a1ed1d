package io.regulars.journeys;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.testing.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How long reports take for a shop with a million purchases; run by hand. */
final class ReportBench {

    private static final Logger LOG = LoggerFactory.getLogger(ReportBench.class);
    private static final int MEMBERS = 100_000;
    private static final int PURCHASES = 1_000_000;

    private ReportBench() {}

    public static void main(String[] args) throws Exception {
        ServiceUnderTest service = ServiceUnderTest.start(TestDatabase.create(), Map.of());
        Shop shop = service.signUp("Europe/London", "GB", "GBP");
        try (Connection connection = TestDatabase.superuserConnection(service.database());
                Statement statement = connection.createStatement()) {
            fill(statement, CdnowBirthdaysJourney.schema(statement, shop));
        }
        for (String report :
                List.of(
                        "overview",
                        "overview",
                        "liability",
                        "retention",
                        "frequency",
                        "tiers",
                        "campaigns",
                        "segments",
                        "nps")) {
            long start = System.nanoTime();
            int status =
                    shop.raw().get("/v1/reports/" + report + "?margin_percent=40").statusCode();
            LOG.warn(
                    "{} {} {} ms",
                    report,
                    status,
                    Duration.ofNanos(System.nanoTime() - start).toMillis());
        }
        service.close();
        System.exit(0);
    }

    private static void fill(Statement statement, String schema) throws Exception {
        String id = "md5('m' || i)::uuid";
        statement.execute(
                String.format(
                        Locale.ROOT,
                        "insert into %s.member (id, attributes, card_number, referral_code, marketing_email, program_version, joined_at, version, created_at, updated_at) select %s, '{}', 'c' || i, 'r' || i, false, 1, now() - interval '700 days', 1, now(), now() from generate_series(1, %d) as i",
                        schema,
                        id,
                        MEMBERS));
        statement.execute(
                String.format(
                        Locale.ROOT,
                        "insert into %s.account (member_id, balance, debt, carry, stamps, active_at) select %s, 0, 0, '{}', '{}', now() from generate_series(1, %d) as i",
                        schema,
                        id,
                        MEMBERS));
        statement.execute(
                String.format(
                        Locale.ROOT,
                        "insert into %1$s.purchase (id, source, order_id, member_id, amount, refunded, effects, program_version, content_hash, purchased_at, recorded_at, updated_at) select md5('p' || n)::uuid, 'till', n::text, case when n %% 10 < 7 then md5('m' || (1 + floor(power(random(), 2) * %2$d)::int))::uuid end, (random() * 10000)::int, 0, '{}', 1, 'x', now() - random() * interval '700 days', now(), now() from generate_series(1, %3$d) as n",
                        schema,
                        MEMBERS,
                        PURCHASES));
        statement.execute(
                String.format(
                        Locale.ROOT,
                        "insert into %1$s.ledger_entry (id, member_id, kind, points, balance_after, program_version, inputs, occurred_at, recorded_at) select id, member_id, 'earn', 1 + amount / 100, 0, 1, '{}', purchased_at, now() from %1$s.purchase where member_id is not null",
                        schema));
        statement.execute("analyze " + schema + ".purchase");
        statement.execute("analyze " + schema + ".member");
        statement.execute("analyze " + schema + ".ledger_entry");
    }
}
