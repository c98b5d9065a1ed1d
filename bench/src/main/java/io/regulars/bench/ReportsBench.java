package io.regulars.bench;

import io.regulars.bench.lab.Client;
import io.regulars.bench.lab.Lab;
import io.regulars.bench.lab.Node;
import io.regulars.bench.lab.Postgres;
import io.regulars.bench.lab.Request;
import io.regulars.bench.lab.Shop;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every report of a large shop. */
final class ReportsBench implements Bench {

    private static final int REPEATS = 3;
    private static final List<String> REPORTS =
            List.of(
                    "overview",
                    "liability",
                    "retention",
                    "frequency",
                    "tiers",
                    "campaigns",
                    "segments",
                    "nps");

    @Override
    public String name() {
        return "reports";
    }

    @Override
    public Section run(Lab lab) throws Exception {
        Postgres database = lab.postgres();
        int members = lab.sized(100_000, 1_000);
        int purchases = lab.sized(1_000_000, 10_000);
        Node node = lab.node(database);
        List<Figure> figures = new ArrayList<>();
        try (Client client = node.client()) {
            Map<String, Object> british =
                    Map.of("country", "GB", "currency", "GBP", "time_zone", "Europe/London");
            Shop shop = Shop.signUp(client, british);
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                fill(statement, shop.schema(database), members, purchases);
            }
            for (String report : REPORTS) {
                Request request =
                        Request.get("/v1/reports/" + report + "?margin_percent=40").as(shop.key());
                List<Double> millis = new ArrayList<>();
                for (int i = 0; i < REPEATS; i++) {
                    long start = System.nanoTime();
                    client.send(request).expect(200);
                    millis.add((System.nanoTime() - start) / 1e6);
                }
                figures.add(Figure.of(report, "ms", new Series(millis)));
            }
        }
        return Section.of(
                "the reports of a large shop",
                String.format(
                        Locale.ROOT,
                        "`GET /v1/reports/…` of a shop with %,d members and %,d purchases of two years, written straight into its"
                                + " tables; the first of each is asked of a cold service.",
                        members,
                        purchases),
                figures);
    }

    private static void fill(Statement statement, String schema, int members, int purchases)
            throws SQLException {
        String id = "md5('m' || i)::uuid";
        String series = " from generate_series(1, " + members + ") as i";
        statement.execute(
                "insert into "
                        + schema
                        + ".member (id, attributes, card_number, referral_code, marketing_email, program_version, joined_at,"
                        + " version, created_at, updated_at) select "
                        + id
                        + ", '{}', 'c' || i, 'r' || i, false, 1, now() - interval '700 days', 1, now(), now()"
                        + series);
        statement.execute(
                "insert into "
                        + schema
                        + ".account (member_id, balance, debt, carry, stamps, active_at) select "
                        + id
                        + ", 0, 0, '{}', '{}', now()"
                        + series);
        statement.execute(
                String.format(
                        Locale.ROOT,
                        """
                        insert into %1$s.purchase (id, source, order_id, member_id, amount, refunded, effects,
                                                   program_version, content_hash, purchased_at, recorded_at, updated_at)
                        select md5('p' || n)::uuid, 'till', n::text,
                               case when n %% 10 < 7 then md5('m' || (1 + floor(power(random(), 2) * %2$d)::int))::uuid end,
                               (random() * 10000)::int, 0, '{}', 1, 'x', now() - random() * interval '700 days', now(), now()
                          from generate_series(1, %3$d) as n
                        """,
                        schema,
                        members,
                        purchases));
        statement.execute(
                String.format(
                        Locale.ROOT,
                        """
                        insert into %1$s.ledger_entry (id, member_id, kind, points, balance_after, program_version, inputs,
                                                       occurred_at, recorded_at)
                        select id, member_id, 'earn', 1 + amount / 100, 0, 1, '{}', purchased_at, now()
                          from %1$s.purchase where member_id is not null
                        """,
                        schema));
        statement.execute("analyze");
    }
}
