package io.regulars.edge.reports;

import com.fasterxml.jackson.core.type.TypeReference;
import io.regulars.platform.db.KeptValue;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.FieldError;
import io.regulars.platform.http.Problem;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the owner wants to reach, within the caller's transaction: one goal for each metric. */
final class Goals {

    /** Figures of the overview that somebody may aim at; more of each is better. */
    static final Set<String> METRICS =
            Set.of(
                    "repeat_purchase_rate",
                    "average_order",
                    "purchases_per_member",
                    "members",
                    "active_members",
                    "members_joined",
                    "revenue",
                    "member_share_of_revenue",
                    "redemption_rate");

    private static final KeptValue<List<Goal>> KEPT =
            KeptValue.of("goals", new TypeReference<>() {});

    private Goals() {}

    /**
     * A goal as kept.
     *
     * @param target in the metric's unit: money in minor units, shares from 0 to 1
     * @param start what the metric was when the goal was set
     */
    record Goal(
            String metric, double target, LocalDate by, LocalDate setOn, @Nullable Double start) {}

    /**
     * A goal and how far it is.
     *
     * @param by the day on which it should be reached
     * @param start what the metric was when the goal was set
     * @param present what it is now, over the last twelve months
     * @param progress of the way from start to target, from 0 to 1
     */
    record GoalView(
            String metric,
            double target,
            LocalDate by,
            LocalDate setOn,
            @Nullable Double start,
            @Nullable Double present,
            @Nullable Double progress,
            boolean reached) {}

    static List<Goal> all(TenantTx tx) {
        return KEPT.find(tx).orElse(List.of());
    }

    /** Sets a goal, in place of the one for the same metric. */
    static void set(TenantTx tx, String metric, double target, LocalDate by, Report overview) {
        LocalDate today = tx.now().atZone(tx.tenant().zone()).toLocalDate();
        check(metric, target, by, today);
        Map<String, Goal> goals = new TreeMap<>();
        all(tx).forEach(goal -> goals.put(goal.metric(), goal));
        goals.put(metric, new Goal(metric, target, by, today, present(overview, metric)));
        KEPT.put(tx, List.copyOf(goals.values()));
    }

    private static void check(String metric, double target, LocalDate by, LocalDate today) {
        List<FieldError> errors = new ArrayList<>();
        if (!METRICS.contains(metric)) {
            errors.add(
                    new FieldError(
                            "/metric",
                            "unknown_value",
                            "Must be one of "
                                    + String.join(", ", METRICS.stream().sorted().toList())
                                    + "."));
        }
        if (!(target > 0) || target > 1e15) {
            errors.add(new FieldError("/target", "out_of_range", "Must be above 0."));
        }
        if (!by.isAfter(today) || by.isAfter(today.plusYears(10))) {
            errors.add(
                    new FieldError(
                            "/by", "out_of_range", "Must be a day to come, within ten years."));
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    static List<GoalView> views(TenantTx tx, Report overview) {
        return all(tx).stream().map(goal -> view(goal, overview)).toList();
    }

    private static GoalView view(Goal goal, Report overview) {
        Double present = present(overview, goal.metric());
        boolean reached = present != null && present >= goal.target();
        return new GoalView(
                goal.metric(),
                goal.target(),
                goal.by(),
                goal.setOn(),
                goal.start(),
                present,
                progress(goal, present),
                reached);
    }

    private static @Nullable Double progress(Goal goal, @Nullable Double present) {
        if (present == null) {
            return null;
        }
        double start = Optional.ofNullable(goal.start()).orElse(0.0);
        double way = goal.target() - start;
        double done = way <= 0 ? (present >= goal.target() ? 1 : 0) : (present - start) / way;
        return Math.round(Math.clamp(done, 0, 1) * 10_000) / 10_000.0;
    }

    private static @Nullable Double present(Report overview, String metric) {
        return overview.figures().get(metric) instanceof Number number
                ? number.doubleValue()
                : null;
    }
}
