package io.regulars.bench;

import io.regulars.bench.lab.Client;
import io.regulars.bench.lab.Lab;
import io.regulars.bench.lab.Node;
import io.regulars.bench.lab.Postgres;
import io.regulars.bench.lab.Request;
import io.regulars.bench.lab.Shop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All reports of a shop with a million purchases over 700 days, two in three of them of its 100,000
 * members, some of whom buy far more than others; with costs, tiers and 20,000 changes of them,
 * 200,000 mails of campaigns of which one in ten was held back, 100,000 vouchers and 30,000 answers
 * to "would you recommend us?".
 */
final class ReportsBench implements Bench {

    private static final double GOAL_S = 5;
    private static final int REPEATS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
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

    /** What is put into the shop's schema; 1: the schema, 2: members, 3: purchases. */
    private static final List<String> FILL =
            List.of(
                    """
                    insert into %1$s.member (id, attributes, card_number, referral_code, marketing_email, program_version, joined_at, version, created_at, updated_at)
                    select md5('m' || i)::uuid, '{}', 'c' || i, 'r' || i, true, 1, now() - random() * interval '700 days', 1, now(), now()
                      from generate_series(1, %2$d) as i
                    """,
                    """
                    insert into %1$s.account (member_id, balance, debt, carry, stamps, active_at, tier)
                    select id, 0, 0, '{}', '{}', now(), case when random() < 0.1 then 'vip' end from %1$s.member
                    """,
                    """
                    insert into %1$s.purchase (id, source, order_id, member_id, amount, refunded, cost, effects, program_version, content_hash, purchased_at, recorded_at, updated_at)
                    select md5('p' || n)::uuid, 'till', n::text, case when n %% 3 > 0 then md5('m' || (1 + floor(power(random(), 2) * %2$d)::int))::uuid end,
                           (random() * 10000)::int, 0, case when n %% 2 = 0 then (random() * 8000)::int end, '{}', 1, 'x',
                           now() - random() * interval '700 days', now(), now()
                      from generate_series(1, %3$d) as n
                    """,
                    """
                    insert into %1$s.ledger_entry (id, member_id, kind, points, balance_after, program_version, inputs, occurred_at, recorded_at)
                    select id, member_id, 'earn', 1 + amount / 100, 0, 1, '{}', purchased_at, now() from %1$s.purchase where member_id is not null
                    """,
                    """
                    insert into %1$s.campaign (id, name, kind, state, definition, version, created_at, updated_at)
                    select md5('c' || i)::uuid, 'Campaign ' || i, 'birthday', 'active', '{}', 1, now(), now() from generate_series(1, 10) as i
                    """,
                    """
                    insert into %1$s.message (id, kind, class, member_id, occurrence, campaign_id, state, reason, urgency, due_at, not_after, attempts, planned_at, updated_at, voucher_id)
                    select md5('g' || n)::uuid, 'birthday', 'advertising', md5('m' || (1 + n %% %2$d))::uuid, 'o' || n, md5('c' || (1 + n %% 10))::uuid,
                           case when n %% 10 = 0 then 'skipped' else 'sent' end, case when n %% 10 = 0 then 'holdout' end,
                           2, now() - random() * interval '360 days', now(), 1, now(), now(),
                           case when n %% 10 > 0 and n <= %3$d / 10 then md5('v' || n)::uuid end
                      from generate_series(1, %3$d / 5) as n
                    """,
                    """
                    insert into %1$s.voucher (id, code, member_id, reward, terms, state, origin, points, paid_from, used_at, used_source, used_order_id, discount, issued_at, updated_at)
                    select md5('v' || n)::uuid, 'V' || n, md5('m' || (1 + n %% %2$d))::uuid, 'five_off', '{}', 'used', 'redemption', 100, '[]',
                           now() - random() * interval '360 days', 'till', n::text, 500, now(), now()
                      from generate_series(1, %3$d / 10) as n
                    """,
                    """
                    insert into %1$s.activity (id, type, key, member_id, attributes, content_hash, occurred_at, recorded_at)
                    select md5('a' || n)::uuid, 'nps', 'k' || n, md5('m' || (1 + n %% %2$d))::uuid, jsonb_build_object('score', n %% 11), 'x',
                           now() - random() * interval '360 days', now()
                      from generate_series(1, %3$d * 3 / 100) as n
                    """,
                    """
                    insert into %1$s.event (id, type, data, occurred_at, pending, awaited)
                    select md5('e' || n)::uuid, 'tier.changed',
                           case when n %% 3 = 0 then '{"from": "vip", "to": "member"}'::jsonb else '{"from": "member", "to": "vip"}'::jsonb end,
                           now() - random() * interval '360 days', false, false
                      from generate_series(1, %3$d / 50) as n
                    """);

    @Override
    public String name() {
        return "reports";
    }

    @Override
    public Section run(Lab lab) throws Exception {
        Postgres database = lab.postgres();
        List<Figure> figures = new ArrayList<>();
        try (Node node = lab.node(database)) {
            Shop shop = signUp(node);
            fill(lab, database, shop.schema(database));
            // The service has long closed the connection of before.
            try (Client client = new Client(node.base(), PATIENCE)) {
                measure(lab, client, shop, figures);
            }
        }
        return Section.of(
                "reports of a shop with a million purchases",
                "100,000 members in two tiers (20,000 changes of tier), 1,000,000 purchases over 700 days (half of them with their"
                        + " cost), 200,000 mails of ten campaigns, of which one in ten was held back to compare, 100,000 used"
                        + " vouchers, 30,000 answers; the last twelve months are asked for, three times in turn, the first time"
                        + " included. Each report is one transaction that counts anew.",
                figures);
    }

    private static Shop signUp(Node node) throws Exception {
        try (Client client = new Client(node.base(), PATIENCE)) {
            return Shop.signUp(client, Map.of("preset", "two-tier-vip", "currency", "EUR"));
        }
    }

    private static void measure(Lab lab, Client client, Shop shop, List<Figure> figures)
            throws Exception {
        for (String report : REPORTS) {
            List<Double> seconds = new ArrayList<>();
            for (int i = 0; i < REPEATS; i++) {
                long start = System.nanoTime();
                client.send(Request.get("/v1/reports/" + asked(report)).as(shop.key())).expect(200);
                seconds.add((System.nanoTime() - start) / 1e9);
            }
            lab.say(report + " " + seconds);
            figures.add(Figure.of(report, "s", new Series(seconds)).reach(Goal.atMost(GOAL_S)));
        }
    }

    /** The overview counts margins too, where it is told one. */
    private static String asked(String report) {
        return report.equals("overview") ? report + "?margin_percent=40" : report;
    }

    private static void fill(Lab lab, Postgres database, String schema) throws Exception {
        int members = lab.sized(100_000, 2_000);
        int purchases = lab.sized(1_000_000, 20_000);
        for (String sql : FILL) {
            database.execute(String.format(Locale.ROOT, sql, schema, members, purchases));
        }
        for (String table :
                List.of(
                        "member",
                        "account",
                        "purchase",
                        "ledger_entry",
                        "message",
                        "voucher",
                        "activity",
                        "event")) {
            database.execute("analyze " + schema + "." + table);
        }
    }
}
