package io.regulars.loyalty.awards;

import io.regulars.loyalty.ledger.LedgerHistory;
import io.regulars.loyalty.program.EarningRule;
import io.regulars.loyalty.program.Occasion;
import io.regulars.loyalty.program.ProgramHistory;
import io.regulars.platform.db.TenantTx;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What rules with limits have given already. Costs nothing where no rule has any. */
final class Limits {

    private static final String BUDGET = "budget:";

    private final Set<String> rules;
    private final Map<String, Long> budgets;
    private final Map<String, Long> spent = new HashMap<>();
    private final Map<UUID, Map<String, Map<LocalDate, Long>>> counts = new HashMap<>();

    private Limits(Set<String> rules, Map<String, Long> budgets) {
        this.rules = rules;
        this.budgets = budgets;
    }

    static Limits load(TenantTx tx, ProgramHistory history, Collection<UUID> members) {
        Set<String> counted = rules(history, limit -> limit.day() > 0 || limit.member() > 0);
        Set<String> budgeted = budgeted(history);
        Limits limits = new Limits(counted, budgets(tx, budgeted));
        if (!counted.isEmpty()) {
            LedgerHistory.countAwards(tx, members, counted)
                    .forEach(c -> limits.add(c.memberId(), c.rule(), c.day(), c.awards()));
        }
        return limits;
    }

    /** The rules that have, or had, a budget. */
    static Set<String> budgeted(ProgramHistory history) {
        return rules(history, limit -> limit.budget() > 0);
    }

    private static Set<String> rules(ProgramHistory history, Predicate<EarningRule.Limits> having) {
        return history.versions().stream()
                .flatMap(version -> version.program().earning().stream())
                .filter(rule -> having.test(rule.limit()))
                .map(EarningRule::key)
                .collect(Collectors.toSet());
    }

    /** What rules have given to this member, on that day and in all, and to everybody. */
    Map<String, Occasion.Used> used(UUID member, LocalDate day) {
        Map<String, Occasion.Used> used = new HashMap<>();
        Set<String> all = new HashSet<>(rules);
        all.addAll(budgets.keySet());
        for (String rule : all) {
            Map<LocalDate, Long> byDay =
                    counts.getOrDefault(member, Map.of()).getOrDefault(rule, Map.of());
            used.put(
                    rule,
                    new Occasion.Used(
                            byDay.getOrDefault(day, 0L),
                            byDay.values().stream().mapToLong(Long::longValue).sum(),
                            budgets.getOrDefault(rule, 0L) + spent.getOrDefault(rule, 0L)));
        }
        return used;
    }

    void count(UUID member, String rule, LocalDate day, long points) {
        if (rules.contains(rule)) {
            add(member, rule, day, 1);
        }
        if (budgets.containsKey(rule)) {
            spent.merge(rule, points, Long::sum);
        }
    }

    void write(TenantTx tx) {
        addToBudgets(tx, spent);
        spent.clear();
    }

    /** Adds points that budgets gave, or, below zero, that came back to them. */
    static void addToBudgets(TenantTx tx, Map<String, Long> points) {
        List<String> rules = points.keySet().stream().sorted().toList();
        if (rules.isEmpty()) {
            return;
        }
        List<Long> values = rules.stream().map(points::get).toList();
        tx.write(
                """
                update <t>.counter c set value = greatest(0, c.value + n.points)
                  from unnest(:keys, :points) as n (key, points) where c.key = n.key
                """,
                v ->
                        v.bindColumn("keys", String.class, rules, rule -> BUDGET + rule)
                                .bindArray("points", Long.class, values));
    }

    private void add(UUID member, String rule, LocalDate day, long awards) {
        counts.computeIfAbsent(member, m -> new HashMap<>())
                .computeIfAbsent(rule, r -> new HashMap<>())
                .merge(day, awards, Long::sum);
    }

    /** Locked, in one order: who gives from a budget waits for who is just giving from it. */
    private static Map<String, Long> budgets(TenantTx tx, Set<String> rules) {
        if (rules.isEmpty()) {
            return Map.of();
        }
        List<String> keys = rules.stream().sorted().map(rule -> BUDGET + rule).toList();
        tx.write(
                "insert into <t>.counter (key, value) select key, 0 from unnest(:keys) as key on conflict (key) do nothing",
                v -> v.bindArray("keys", String.class, keys));
        Map<String, Long> budgets = new HashMap<>();
        tx.query(
                        "select key, value from <t>.counter where key = any(:keys) order by key for update")
                .bindArray("keys", String.class, keys)
                .map((row, context) -> Map.entry(row.getString("key"), row.getLong("value")))
                .forEach(e -> budgets.put(e.getKey().substring(BUDGET.length()), e.getValue()));
        return budgets;
    }
}
