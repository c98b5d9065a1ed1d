package io.regulars.edge.reports;

import io.regulars.loyalty.ledger.CountedPurchases;
import io.regulars.loyalty.ledger.LedgerFigures;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What members buy: overview, retention, frequency, tiers and groups of buyers. */
final class BuyingReports {

    private static final String MEMBERS = "members";
    private static final String PURCHASES = "purchases";
    private static final String REVENUE = "revenue";
    private static final int MOST_MONTHS = 12;
    private static final List<String> RETENTION_COLUMNS =
            Stream.concat(
                            Stream.of("cohort", "members"),
                            IntStream.rangeClosed(1, MOST_MONTHS)
                                    .mapToObj(month -> "month_" + month))
                    .toList();

    private BuyingReports() {}

    /**
     * @param marginPercent what is left of a price, as the shop says; null: not known
     */
    static Report overview(
            TenantTx tx, Period period, String currency, @Nullable Integer marginPercent) {
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        members(tx, period, figures);
        boolean costsAreKnown = buyers(tx, period, figures);
        Map<String, Long> points = LedgerFigures.byKind(tx, period.start(), period.end());
        long earned = points.getOrDefault("earn", 0L);
        long redeemed = -points.getOrDefault("redeem", 0L) - points.getOrDefault("return", 0L);
        figures.put("points_earned", earned);
        figures.put("points_redeemed", redeemed);
        figures.put("points_expired", -points.getOrDefault("expire", 0L));
        figures.put("redemption_rate", Report.share(redeemed, earned));
        vouchersAndReferrals(tx, period, figures);
        if (marginPercent != null || costsAreKnown) {
            MemberMargins.put(tx, period, marginPercent, figures);
        }
        MemberValue.put(tx, figures);
        return new Report(
                "overview",
                period,
                currency,
                figures,
                months(tx, period),
                List.of(),
                new Chart.Spec(
                        "Purchases by month",
                        "month",
                        List.of("member_purchases", "other_purchases"),
                        false),
                null,
                List.of("month"));
    }

    private static void members(TenantTx tx, Period period, Map<String, @Nullable Object> figures) {
        tx.query(
                        """
                        select count(*) filter (where joined_at < :end and (erased_at is null or erased_at >= :end)) as members,
                               count(*) filter (where joined_at >= :start and joined_at < :end) as joined,
                               count(*) filter (where erased_at >= :start and erased_at < :end) as left_members,
                               count(*) filter (where marketing_email) as reachable
                          from <t>.member where merged_into is null
                        """)
                .bind("start", period.start())
                .bind("end", period.end())
                .map((row, context) -> {
                    figures.put(MEMBERS, row.getLong(MEMBERS));
                    figures.put("members_joined", row.getLong("joined"));
                    figures.put("members_left", row.getLong("left_members"));
                    figures.put("members_reachable_by_mail", row.getLong("reachable"));
                    return true;
                })
                .one();
    }

    /**
     * One pass over the purchases, member by member.
     *
     * @return whether any purchase of the period says what its goods cost
     */
    private static boolean buyers(
            TenantTx tx, Period period, Map<String, @Nullable Object> figures) {
        return tx.query(
                        """
                        select sum(n) as purchases, sum(paid) as revenue, sum(costed) as costed,
                               sum(n) filter (where member_id is not null) as member_purchases,
                               sum(paid) filter (where member_id is not null) as member_revenue,
                               count(*) filter (where member_id is not null and n > 0) as buyers,
                               count(*) filter (where member_id is not null and n > 1) as repeaters,
                               count(*) filter (where member_id is not null and n > 0 and first >= :start) as first_time,
                               count(*) filter (where member_id is not null and n > 0 and first < :start and before = 0) as won_back,
                               count(*) filter (where member_id is not null and n = 0 and before > 0) as lost
                          from (select member_id,
                                       count(*) filter (where purchased_at >= :start) as n,
                                       coalesce(sum(amount - refunded) filter (where purchased_at >= :start), 0) as paid,
                                       count(*) filter (where purchased_at < :start and purchased_at >= :beforeStart) as before,
                                       count(cost) filter (where purchased_at >= :start) as costed,
                                       min(purchased_at) as first
                                  from <t>.purchase p
                                 where purchased_at < :end and
                        """
                                + CountedPurchases.SQL
                                + """

                                         group by member_id) as by_member
                                """)
                .bind("start", period.start())
                .bind("end", period.end())
                .bind("beforeStart", period.before().start())
                .map((row, context) -> {
                    long purchases = row.getLong(PURCHASES);
                    long revenue = row.getLong(REVENUE);
                    long buyers = row.getLong("buyers");
                    long own = row.getLong("member_purchases");
                    figures.put(PURCHASES, purchases);
                    figures.put(REVENUE, revenue);
                    figures.put("average_order", Report.each(revenue, purchases));
                    figures.put("member_purchases", own);
                    figures.put("member_revenue", row.getLong("member_revenue"));
                    figures.put(
                            "member_share_of_revenue",
                            Report.share(row.getLong("member_revenue"), revenue));
                    figures.put(
                            "member_average_order",
                            Report.each(row.getLong("member_revenue"), own));
                    figures.put("active_members", buyers);
                    figures.put("purchases_per_member", Report.share(own, buyers));
                    figures.put(
                            "repeat_purchase_rate", Report.share(row.getLong("repeaters"), buyers));
                    figures.put("members_bought_first_time", row.getLong("first_time"));
                    figures.put("members_won_back", row.getLong("won_back"));
                    figures.put("members_lost", row.getLong("lost"));
                    return row.getLong("costed") > 0;
                })
                .one();
    }

    private static void vouchersAndReferrals(
            TenantTx tx, Period period, Map<String, @Nullable Object> figures) {
        tx.query(
                        """
                        select (select count(*) from <t>.voucher
                                 where used_at >= :start and used_at < :end and state = 'used') as used,
                               (select coalesce(sum(discount), 0) from <t>.voucher
                                 where used_at >= :start and used_at < :end and state = 'used') as discounts,
                               (select count(*) from <t>.referral
                                 where qualified_at >= :start and qualified_at < :end and state = 'qualified') as referrals
                        """)
                .bind("start", period.start())
                .bind("end", period.end())
                .map((row, context) -> {
                    figures.put("vouchers_used", row.getLong("used"));
                    figures.put("discounts_given", row.getLong("discounts"));
                    figures.put("referrals_qualified", row.getLong("referrals"));
                    return true;
                })
                .one();
    }

    private static List<Map<String, @Nullable Object>> months(TenantTx tx, Period period) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        List<Instant> begins = new ArrayList<>();
        for (LocalDate month = period.from().withDayOfMonth(1);
                !month.isAfter(period.to());
                month = month.plusMonths(1)) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("month", month.toString().substring(0, 7));
            row.put(REVENUE, 0L);
            row.put("member_purchases", 0L);
            row.put("other_purchases", 0L);
            row.put("members_joined", 0L);
            rows.add(row);
            begins.add(month.atStartOfDay(period.zone()).toInstant());
        }
        // To look up where a month begins takes half as long as to ask each purchase for its month.
        tx.query(
                        """
                        select width_bucket(purchased_at, :begins::timestamptz[]) as month,
                               sum(amount - refunded) as revenue, count(*) filter (where member_id is not null) as own,
                               count(*) filter (where member_id is null) as other
                          from <t>.purchase p
                         where purchased_at >= :start and purchased_at < :end and
                        """
                                + CountedPurchases.SQL
                                + """

                                 group by 1
                                """)
                .bindArray("begins", Instant.class, begins)
                .bind("start", period.start())
                .bind("end", period.end())
                .map((row, context) -> {
                    Map<String, @Nullable Object> month = rows.get(row.getInt("month") - 1);
                    month.put(REVENUE, row.getLong(REVENUE));
                    month.put("member_purchases", row.getLong("own"));
                    month.put("other_purchases", row.getLong("other"));
                    return true;
                })
                .list();
        tx.query(
                        """
                        select width_bucket(joined_at, :begins::timestamptz[]) as month, count(*) as joined
                          from <t>.member
                         where merged_into is null and joined_at >= :start and joined_at < :end group by 1
                        """)
                .bindArray("begins", Instant.class, begins)
                .bind("start", period.start())
                .bind("end", period.end())
                .map((row, context) ->
                        rows.get(row.getInt("month") - 1)
                                .put("members_joined", row.getLong("joined")))
                .list();
        return rows;
    }

    static Report retention(TenantTx tx, Period period, String currency) {
        Map<LocalDate, long[]> cohorts = new LinkedHashMap<>();
        tx.query(
                        """
                        select first as cohort, ((extract(year from month) - extract(year from first)) * 12
                               + extract(month from month) - extract(month from first))::int as later, count(*) as buyers
                          from (select member_id, month, min(month) over (partition by member_id) as first
                                  from (select distinct member_id, date_trunc('month', purchased_at at time zone :zone)::date as month
                                          from <t>.purchase p
                                         where member_id is not null and purchased_at < :end
                                           and
                        """
                                + CountedPurchases.SQL
                                + """
                                ) as bought) as by_month
                                 where first >= :from
                                 group by 1, 2 order by 1, 2
                                """)
                .bind("zone", period.zone().getId())
                .bind("end", period.end())
                .bind("from", period.from().withDayOfMonth(1))
                .map((row, context) -> {
                    int later = row.getInt("later");
                    if (later <= MOST_MONTHS) {
                        cohorts.computeIfAbsent(
                                                row.getObject("cohort", LocalDate.class),
                                                cohort -> new long[MOST_MONTHS + 1])[later] =
                                row.getLong("buyers");
                    }
                    return true;
                })
                .list();
        return retention(period, currency, cohorts);
    }

    private static Report retention(
            Period period, String currency, Map<LocalDate, long[]> cohorts) {
        long[] came = new long[MOST_MONTHS + 1];
        long[] could = new long[MOST_MONTHS + 1];
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        LocalDate lastWhole = period.to().plusDays(1).withDayOfMonth(1);
        cohorts.forEach((month, buyers) -> {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("cohort", month.toString().substring(0, 7));
            row.put(MEMBERS, buyers[0]);
            for (int later = 1; later <= MOST_MONTHS; later++) {
                boolean isOver = month.plusMonths(later).isBefore(lastWhole);
                row.put("month_" + later, isOver ? Report.share(buyers[later], buyers[0]) : null);
                if (isOver) {
                    came[later] += buyers[later];
                    could[later] += buyers[0];
                }
            }
            rows.add(row);
        });
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        for (int later = 1; later <= MOST_MONTHS; later++) {
            figures.put("month_" + later, Report.share(came[later], could[later]));
        }
        return new Report(
                "retention",
                period,
                currency,
                figures,
                rows,
                List.of("A month that is not over yet is left out."),
                new Chart.Spec(
                        "Who bought again, by month of the first purchase",
                        "cohort",
                        List.of("month_1", "month_3", "month_6"),
                        true),
                null,
                RETENTION_COLUMNS);
    }

    static Report frequency(TenantTx tx, Period period, String currency) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        long[] sums = new long[3];
        tx.query(
                        """
                        select case when n < 5 then n::text when n < 10 then '5-9' when n < 20 then '10-19' else '20+' end as purchases,
                               min(n) as at_least, count(*) as members, sum(n) as bought, sum(paid) as revenue
                          from (select member_id, count(*) as n, sum(amount - refunded) as paid from <t>.purchase p
                                 where member_id is not null and purchased_at >= :start and purchased_at < :end
                                   and
                        """
                                + CountedPurchases.SQL
                                + """

                                         group by member_id) as by_member
                                 group by 1 order by 2
                                """)
                .bind("start", period.start())
                .bind("end", period.end())
                .map((row, context) -> {
                    Map<String, @Nullable Object> one = new LinkedHashMap<>();
                    one.put(PURCHASES, row.getString(PURCHASES));
                    one.put(MEMBERS, row.getLong(MEMBERS));
                    one.put(REVENUE, row.getLong(REVENUE));
                    rows.add(one);
                    sums[0] += row.getLong(MEMBERS);
                    sums[1] += row.getLong("bought");
                    sums[2] += row.getLong("at_least") > 1 ? row.getLong(MEMBERS) : 0;
                    return true;
                })
                .list();
        figures.put("active_members", sums[0]);
        figures.put("purchases_per_member", Report.share(sums[1], sums[0]));
        figures.put("repeat_purchase_rate", Report.share(sums[2], sums[0]));
        return new Report(
                "frequency",
                period,
                currency,
                figures,
                rows,
                List.of(),
                new Chart.Spec(
                        "Members by how often they bought", PURCHASES, List.of(MEMBERS), false),
                null,
                List.of(PURCHASES, MEMBERS, REVENUE));
    }
}
