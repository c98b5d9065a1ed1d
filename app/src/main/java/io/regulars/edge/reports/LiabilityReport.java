package io.regulars.edge.reports;

import io.regulars.loyalty.ledger.LedgerFigures;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Reward;
import io.regulars.platform.db.TenantTx;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the points that are out there will cost the shop, and how that came about, for the books.
 */
final class LiabilityReport {

    private static final List<String> JOURNAL =
            List.of("date", "text", "debit_account", "credit_account", "amount", "points");

    private LiabilityReport() {}

    /**
     * @param perPoint what a point costs, in minor units; null where that is not known
     * @param basis how that is known
     */
    private record Cost(@Nullable Double perPoint, String basis) {

        @Nullable Long of(double points) {
            return perPoint == null ? null : Long.valueOf(Math.round(points * perPoint));
        }

        @Nullable Double ofHundred() {
            return perPoint == null ? null : Double.valueOf(Math.round(perPoint * 10_000) / 100.0);
        }
    }

    /**
     * @param share of the points that nobody will use
     * @param basis how that is known
     */
    private record Breakage(double share, String basis) {}

    static Report of(TenantTx tx, Period period, Program program) {
        LedgerFigures.Outstanding now = LedgerFigures.outstanding(tx);
        Map<LocalDate, Map<String, Long>> months = new TreeMap<>();
        LedgerFigures.byMonth(tx, period.zone(), period.end())
                .forEach(moved ->
                        months.computeIfAbsent(moved.month(), month -> new TreeMap<>())
                                .put(moved.kind(), moved.points()));
        Cost cost = cost(tx, program);
        Breakage breakage = breakage(months, program);
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("points_outstanding", now.open());
        figures.put("points_owed_by_members", now.debt());
        figures.put("members_with_points", now.members());
        figures.put("cost_per_100_points", cost.ofHundred());
        figures.put("cost_basis", cost.basis());
        figures.put("liability", cost.of((double) now.open()));
        figures.put("expected_breakage", Report.share(breakage.share(), 1));
        figures.put("breakage_basis", breakage.basis());
        figures.put("liability_after_breakage", cost.of(now.open() * (1 - breakage.share())));
        List<Map<String, @Nullable Object>> rows = rows(months, period, cost);
        return new Report(
                "liability",
                period,
                program.currency(),
                figures,
                rows,
                List.of(
                        "points_outstanding is of now; the rows are by month, at today's cost of a point."),
                new Chart.Spec(
                        "Points outstanding at the end of each month",
                        "month",
                        List.of("closing"),
                        false),
                journal(rows),
                JOURNAL);
    }

    /**
     * What used rewards took off for each point that was paid for them, else what the program
     * promises.
     */
    private static Cost cost(TenantTx tx, Program program) {
        OptionalDouble used =
                tx.query(
                                """
                                select sum(discount)::float8 / nullif(sum(points), 0) as cost from <t>.voucher
                                 where origin = 'redemption' and state = 'used' and points > 0 and discount is not null
                                """)
                        .mapTo(Double.class)
                        .findOne()
                        .map(OptionalDouble::of)
                        .orElse(OptionalDouble.empty());
        if (used.isPresent() && used.getAsDouble() > 0) {
            return new Cost(used.getAsDouble(), "used_rewards");
        }
        OptionalDouble promised =
                program.rewards().stream()
                        .filter(Reward::isRedeemable)
                        .filter(reward -> worth(reward) > 0)
                        .mapToDouble(reward ->
                                (double) worth(reward)
                                        / Objects.requireNonNull(reward.costPoints()))
                        .average();
        return promised.isPresent()
                ? new Cost(promised.getAsDouble(), "rewards_of_the_program")
                : new Cost(null, "unknown");
    }

    private static long worth(Reward reward) {
        Long amount = reward.amount() == null ? reward.value() : reward.amount();
        return amount == null ? 0 : amount;
    }

    /** Of the points that have come to their end, the share that expired. */
    private static Breakage breakage(Map<LocalDate, Map<String, Long>> months, Program program) {
        long expired = 0;
        long used = 0;
        for (Map<String, Long> kinds : months.values()) {
            expired -= kinds.getOrDefault("expire", 0L);
            used -= kinds.getOrDefault("redeem", 0L) + kinds.getOrDefault("return", 0L);
        }
        if (program.expiryPolicy().mode() == Program.Expiry.Mode.NONE) {
            return new Breakage(0, "points_do_not_expire");
        }
        return expired > 0
                ? new Breakage(
                        (double) expired / (expired + Math.max(0, used)), "expired_to_used_so_far")
                : new Breakage(0, "nothing_expired_yet");
    }

    private static List<Map<String, @Nullable Object>> rows(
            Map<LocalDate, Map<String, Long>> months, Period period, Cost cost) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        long balance = 0;
        LocalDate first = period.from().withDayOfMonth(1);
        for (Map.Entry<LocalDate, Map<String, Long>> before : months.entrySet()) {
            if (before.getKey().isBefore(first)) {
                balance += sum(before.getValue());
            }
        }
        for (LocalDate month = first; !month.isAfter(period.to()); month = month.plusMonths(1)) {
            Map<String, Long> kinds = months.getOrDefault(month, Map.of());
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("month", month.toString().substring(0, 7));
            row.put("opening", balance);
            row.put("issued", kinds.getOrDefault("earn", 0L) + kinds.getOrDefault("opening", 0L));
            row.put(
                    "redeemed",
                    kinds.getOrDefault("redeem", 0L) + kinds.getOrDefault("return", 0L));
            row.put("reversed", kinds.getOrDefault("reverse", 0L));
            row.put("expired", kinds.getOrDefault("expire", 0L));
            row.put("adjusted", kinds.getOrDefault("adjust", 0L) + kinds.getOrDefault("merge", 0L));
            balance += sum(kinds);
            row.put("closing", balance);
            row.put("liability", cost.of((double) balance));
            row.put("cost_per_100_points", cost.ofHundred());
            rows.add(row);
        }
        return rows;
    }

    private static long sum(Map<String, Long> kinds) {
        return kinds.values().stream().mapToLong(Long::longValue).sum();
    }

    /** One booking for each movement of a month: debit and credit come to the same. */
    private static List<Map<String, @Nullable Object>> journal(
            List<Map<String, @Nullable Object>> rows) {
        List<Map<String, @Nullable Object>> journal = new ArrayList<>();
        for (Map<String, @Nullable Object> row : rows) {
            for (String what : List.of("issued", "redeemed", "reversed", "expired", "adjusted")) {
                long points = number(row, what);
                Long amount =
                        row.get("cost_per_100_points") instanceof Number cost
                                ? Long.valueOf(Math.round(points * cost.doubleValue() / 100))
                                : null;
                if (points != 0) {
                    journal.add(entry(row, what, points, amount));
                }
            }
        }
        return journal;
    }

    private static Map<String, @Nullable Object> entry(
            Map<String, @Nullable Object> row, String what, long points, @Nullable Long amount) {
        LocalDate month = LocalDate.parse(row.get("month") + "-01");
        String other =
                switch (what) {
                    case "issued", "reversed" -> "loyalty_cost";
                    case "redeemed" -> "rewards_given";
                    case "expired" -> "breakage_income";
                    default -> "loyalty_adjustments";
                };
        // By the points: an amount may be too small to be booked, or not known.
        boolean grows = points >= 0;
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("date", month.plusMonths(1).minusDays(1).toString());
        entry.put("text", what);
        entry.put("debit_account", grows ? other : "loyalty_liability");
        entry.put("credit_account", grows ? "loyalty_liability" : other);
        entry.put("amount", amount == null ? null : Long.valueOf(Math.abs(amount)));
        entry.put("points", Math.abs(points));
        return entry;
    }

    private static long number(Map<String, @Nullable Object> row, String key) {
        return row.get(key) instanceof Number number ? number.longValue() : 0;
    }
}
