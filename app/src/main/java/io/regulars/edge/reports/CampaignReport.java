package io.regulars.edge.reports;

import io.regulars.engagement.campaigns.Lift;
import io.regulars.loyalty.ledger.CountedPurchases;
import io.regulars.platform.db.TenantTx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What campaigns sent, and whether those who got it bought more than those who were held out. */
final class CampaignReport {

    private static final Duration WINDOW = Duration.ofDays(30);

    private static final String SQL =
            """
            select c.name, c.kind, count(*) filter (where m.state <> 'skipped') as planned,
                   count(*) filter (where m.state = 'sent') as sent,
                   count(*) filter (where m.state = 'skipped' and m.reason is distinct from 'holdout') as skipped,
                   count(*) filter (where m.state in ('failed', 'unknown')) as failed,
                   count(*) filter (where m.reason = 'holdout') as held_out,
                   count(*) filter (where m.state = 'sent' and b.n > 0) as sent_and_bought,
                   count(*) filter (where m.reason = 'holdout' and b.n > 0) as held_out_and_bought,
                   count(*) filter (where m.state = 'sent' and m.planned_at <= :over) as sent_before,
                   count(*) filter (where m.state = 'sent' and m.planned_at <= :over and b.n > 0) as sent_before_and_bought,
                   count(*) filter (where m.reason = 'holdout' and m.planned_at <= :over) as held_out_before,
                   count(*) filter (where m.reason = 'holdout' and m.planned_at <= :over and b.n > 0) as held_out_before_and_bought,
                   coalesce(sum(b.paid) filter (where m.state = 'sent'), 0) as revenue_after,
                   count(*) filter (where v.used_at is not null) as vouchers_used,
                   coalesce(sum(v.discount) filter (where v.used_at is not null), 0) as discounts_given
              from <t>.message m
              join <t>.campaign c on c.id = m.campaign_id
              left join <t>.voucher v on v.id = m.voucher_id
              cross join lateral (select count(*) as n, coalesce(sum(p.amount - p.refunded), 0) as paid
                                    from <t>.purchase p
                                   where p.member_id = m.member_id and p.purchased_at >= m.planned_at
                                     and p.purchased_at < m.planned_at + :window::interval and
            """
                    + CountedPurchases.SQL
                    + """
                    ) as b
                     where m.planned_at >= :start and m.planned_at < :end
                     group by c.id, c.name, c.kind order by c.id
                    """;

    private static final List<String> FIGURES =
            List.of(
                    "planned",
                    "sent",
                    "skipped",
                    "failed",
                    "held_out",
                    "sent_and_bought",
                    "held_out_and_bought",
                    "vouchers_used",
                    "discounts_given",
                    "revenue_after");

    private CampaignReport() {}

    static Report of(TenantTx tx, Period period, String currency) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        tx.query(SQL)
                .bind("window", WINDOW.toString())
                .bind("over", tx.now().minus(WINDOW))
                .bind("start", period.start())
                .bind("end", period.end())
                .map((row, context) -> {
                    Map<String, @Nullable Object> one = new LinkedHashMap<>();
                    one.put("campaign", row.getString("name"));
                    one.put("kind", row.getString("kind"));
                    for (String column : FIGURES) {
                        one.put(column, row.getLong(column));
                    }
                    lift(
                            one,
                            row.getLong("sent_before_and_bought"),
                            row.getLong("sent_before"),
                            row.getLong("held_out_before_and_bought"),
                            row.getLong("held_out_before"));
                    return rows.add(one);
                })
                .list();
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        for (String column : List.of("planned", "sent", "held_out", "vouchers_used")) {
            figures.put(
                    column,
                    rows.stream()
                            .mapToLong(
                                    row -> row.get(column) instanceof Number n ? n.longValue() : 0)
                            .sum());
        }
        return new Report(
                "campaigns",
                period,
                currency,
                figures,
                rows,
                List.of(
                        "Bought: within 30 days after the mail was planned. The lift is of those whose 30 days are over; its interval is Newcombe's, 95 %, and one that holds 0 proves nothing."),
                new Chart.Spec(
                        "Mails sent, and followed by a purchase within 30 days",
                        "campaign",
                        List.of("sent", "sent_and_bought"),
                        false),
                null,
                Stream.concat(Stream.of("campaign", "kind"), FIGURES.stream()).toList());
    }

    private static void lift(
            Map<String, @Nullable Object> row, long hits, long n, long heldHits, long held) {
        if (n == 0 || held == 0) {
            return;
        }
        Lift lift = new Lift(new Lift.Group(n, hits), new Lift.Group(held, heldHits));
        row.put("lift", rounded(lift.difference()));
        row.put("lift_from", rounded(lift.lower()));
        row.put("lift_to", rounded(lift.upper()));
    }

    private static double rounded(double share) {
        return Math.round(share * 10_000) / 10_000.0;
    }
}
