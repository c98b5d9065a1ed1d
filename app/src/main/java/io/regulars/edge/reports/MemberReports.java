package io.regulars.edge.reports;

import io.regulars.engagement.segments.Fifths;
import io.regulars.loyalty.ledger.LedgerFigures;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.TierScheme;
import io.regulars.platform.db.TenantTx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How members spread: over tiers, over groups of buyers, over what they say of the shop. */
final class MemberReports {

    private static final String MEMBERS = "members";
    private static final String REVENUE = "revenue";
    private static final double Z95 = 1.959964;

    /** Below it a mean is not spread the way in which the margin is counted. */
    private static final int ENOUGH_ANSWERS = 30;

    private MemberReports() {}

    static Report tiers(TenantTx tx, Period period, Program program) {
        Locale locale = tx.tenant().locale();
        List<TierScheme.Level> levels =
                program.tierScheme().map(TierScheme::levels).orElse(List.of());
        Map<String, Map<String, @Nullable Object>> rows = new LinkedHashMap<>();
        for (TierScheme.Level level : levels) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("tier", level.key());
            row.put("name", level.name().in(locale));
            row.put(MEMBERS, 0L);
            row.put("buyers", 0L);
            row.put("purchases", 0L);
            row.put(REVENUE, 0L);
            rows.put(level.key(), row);
        }
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        if (!levels.isEmpty()) {
            byTier(tx, period, levels.getFirst().key(), rows);
            moves(tx, period, levels, figures);
        }
        for (Map<String, @Nullable Object> row : rows.values()) {
            row.put("revenue_per_member", Report.each(number(row, REVENUE), number(row, MEMBERS)));
        }
        return new Report(
                "tiers",
                period,
                program.currency(),
                figures,
                List.copyOf(rows.values()),
                List.of("Tiers are those held now; purchases are those of the period."),
                new Chart.Spec("Members by tier", "name", List.of(MEMBERS, "buyers"), false),
                null,
                List.of(
                        "tier",
                        "name",
                        MEMBERS,
                        "buyers",
                        "purchases",
                        REVENUE,
                        "revenue_per_member"));
    }

    private static long number(Map<String, @Nullable Object> row, String key) {
        return row.get(key) instanceof Number number ? number.longValue() : 0;
    }

    private static void byTier(
            TenantTx tx,
            Period period,
            String first,
            Map<String, Map<String, @Nullable Object>> rows) {
        for (LedgerFigures.TierCount count :
                LedgerFigures.byTier(tx, first, period.start(), period.end())) {
            Map<String, @Nullable Object> level = rows.get(count.tier());
            if (level != null) {
                level.put(MEMBERS, count.members());
                level.put("buyers", count.buyers());
                level.put("purchases", count.purchases());
                level.put(REVENUE, count.revenue());
            }
        }
    }

    private static void moves(
            TenantTx tx,
            Period period,
            List<TierScheme.Level> levels,
            Map<String, @Nullable Object> figures) {
        List<String> order = levels.stream().map(TierScheme.Level::key).toList();
        long[] moved = new long[2];
        tx.query(
                        """
                        select data ->> 'from' as old, data ->> 'to' as new, count(*) as n from <t>.event
                         where type = 'tier.changed' and occurred_at >= :start and occurred_at < :end
                         group by 1, 2
                        """)
                .bind("start", period.start())
                .bind("end", period.end())
                .map((row, context) -> {
                    int from = order.indexOf(row.getString("old"));
                    int to = order.indexOf(row.getString("new"));
                    moved[to > from ? 0 : 1] += row.getLong("n");
                    return true;
                })
                .list();
        figures.put("moved_up", moved[0]);
        figures.put("moved_down", moved[1]);
    }

    /** Recency, frequency and money, each in fifths of the buyers. */
    static Report segments(TenantTx tx, Period period, String currency) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        tx.query(
                        "with buyers as ("
                                + Fifths.BUYERS
                                + " and p.purchased_at >= :start and p.purchased_at < :end"
                                + Fifths.EACH
                                + """
                                ) select case when r >= 4 and f >= 4 then '1 champions' when f >= 4 and r >= 2 then '2 loyal'
                                            when f >= 4 then '5 must_not_lose' when r >= 4 and f <= 2 then '3 new_or_promising'
                                            when r >= 3 then '4 in_between' when r = 2 then '6 cooling_off' else '7 asleep' end as segment,
                                       count(*) as members, sum(n)::bigint as purchases, sum(paid)::bigint as revenue,
                                       count(*) filter (where m >= 4) as big_spenders
                                  from (select b.often as n, b.spent as paid,
                                """
                                + Fifths.score("b.last", "fifths.recency")
                                + " as r, "
                                + Fifths.score("b.often", "fifths.frequency")
                                + " as f, "
                                + Fifths.score("b.spent", "fifths.monetary")
                                + " as m from buyers b cross join (select "
                                + Fifths.bounds("b.last")
                                + " as recency, "
                                + Fifths.bounds("b.often")
                                + " as frequency, "
                                + Fifths.bounds("b.spent")
                                + """
                                           as monetary from buyers b) as fifths) as scored
                                 group by 1 order by 1
                                """)
                .bind("start", period.start())
                .bind("end", period.end())
                .map((row, context) -> {
                    Map<String, @Nullable Object> one = new LinkedHashMap<>();
                    one.put("segment", row.getString("segment").substring(2));
                    one.put(MEMBERS, row.getLong(MEMBERS));
                    one.put("purchases", row.getLong("purchases"));
                    one.put(REVENUE, row.getLong(REVENUE));
                    one.put("big_spenders", row.getLong("big_spenders"));
                    return rows.add(one);
                })
                .list();
        return new Report(
                "segments",
                period,
                currency,
                new LinkedHashMap<>(),
                rows,
                List.of(
                        "Fifths of the members who bought in the period; who has the same figure is in the same fifth."),
                new Chart.Spec("Buyers by group", "segment", List.of(MEMBERS), false),
                null,
                List.of("segment", MEMBERS, "purchases", REVENUE, "big_spenders"));
    }

    /** What members answered to "would you recommend us?". */
    static Report nps(TenantTx tx, Period period, String currency) {
        long[] all = new long[3];
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        tx.query(
                        """
                        select to_char(occurred_at at time zone :zone, 'YYYY-MM') as month,
                               count(*) filter (where score >= 9) as promoters,
                               count(*) filter (where score in (7, 8)) as passives,
                               count(*) filter (where score <= 6) as detractors
                          from (select occurred_at, case when attributes ->> 'score' ~ '^([0-9]|10)$'
                                       then (attributes ->> 'score')::int end as score
                                  from <t>.activity
                                 where type in ('nps', 'survey') and occurred_at >= :start and occurred_at < :end) as answers
                         where score is not null group by 1 order by 1
                        """)
                .bind("zone", period.zone().getId())
                .bind("start", period.start())
                .bind("end", period.end())
                .map((row, context) -> {
                    long[] counts = {
                        row.getLong("promoters"), row.getLong("passives"), row.getLong("detractors")
                    };
                    Map<String, @Nullable Object> one = new LinkedHashMap<>();
                    one.put("month", row.getString("month"));
                    one.put("responses", counts[0] + counts[1] + counts[2]);
                    one.put("promoters", counts[0]);
                    one.put("passives", counts[1]);
                    one.put("detractors", counts[2]);
                    one.put("nps", score(counts));
                    for (int i = 0; i < counts.length; i++) {
                        all[i] += counts[i];
                    }
                    return rows.add(one);
                })
                .list();
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        long answers = all[0] + all[1] + all[2];
        figures.put("responses", answers);
        figures.put("promoters", all[0]);
        figures.put("passives", all[1]);
        figures.put("detractors", all[2]);
        figures.put("nps", score(all));
        figures.put("nps_margin_of_error", margin(all));
        return new Report(
                "nps",
                period,
                currency,
                figures,
                rows,
                List.of(
                        "The true score lies within the margin of error, where there is one, in 95 of 100 cases, if those who answered are like those who did not."),
                new Chart.Spec(
                        "Answers by month",
                        "month",
                        List.of("promoters", "passives", "detractors"),
                        false),
                null,
                List.of("month", "responses", "promoters", "passives", "detractors", "nps"));
    }

    private static @Nullable Long score(long[] counts) {
        long answers = counts[0] + counts[1] + counts[2];
        return Report.each(100 * (counts[0] - counts[2]), answers);
    }

    /**
     * Half the width of the 95 % interval of the mean of +1, 0 and -1, in points; null where the
     * answers are too few, or too much alike, for it to mean anything.
     */
    private static @Nullable Long margin(long[] counts) {
        double answers = counts[0] + counts[1] + counts[2];
        if (answers < ENOUGH_ANSWERS
                || Math.max(counts[0], Math.max(counts[1], counts[2])) == answers) {
            return null;
        }
        double up = counts[0] / answers;
        double down = counts[2] / answers;
        double variance = up + down - (up - down) * (up - down);
        return Math.round(100 * Z95 * Math.sqrt(variance / answers));
    }
}
