package io.regulars.loyalty.law;

import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Reward;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where points that members have already would be worth less than before (R02). */
record Losses(Program before, Program after) {

    private static final String RULE = "R02";

    void addTo(List<Doubt> doubts) {
        if (endsSooner(before.expiryPolicy(), after.expiryPolicy())) {
            doubts.add(new Doubt(RULE, "/expiry", "Points that members have would end sooner."));
        }
        for (Reward old : before.rewards()) {
            if (old.isRedeemable() && after.reward(old.key()).isEmpty()) {
                doubts.add(
                        new Doubt(
                                RULE,
                                "/rewards",
                                "Members saved for the reward " + old.key() + ", which is gone."));
            }
        }
        for (int i = 0; i < after.rewards().size(); i++) {
            Reward now = after.rewards().get(i);
            Optional<Reward> old = before.reward(now.key()).filter(Reward::isRedeemable);
            String at = "/rewards/" + i;
            if (old.isPresent()) {
                if (number(now.costPoints()) > number(old.get().costPoints())) {
                    doubts.add(new Doubt(RULE, at + "/cost_points", "It costs more points."));
                }
                if (number(now.amount()) < number(old.get().amount())) {
                    doubts.add(new Doubt(RULE, at + "/amount", "It is worth less."));
                }
                if (number(now.percent()) < number(old.get().percent())) {
                    doubts.add(new Doubt(RULE, at + "/percent", "It is worth less."));
                }
            }
        }
    }

    private static boolean endsSooner(Program.Expiry old, Program.Expiry now) {
        return switch (now.mode()) {
            case NONE -> false;
            case INACTIVITY ->
                    old.mode() == Program.Expiry.Mode.NONE
                            || (old.mode() == Program.Expiry.Mode.INACTIVITY
                                    && now.monthCount() < old.monthCount());
            case FIXED ->
                    old.mode() != Program.Expiry.Mode.FIXED || now.monthCount() < old.monthCount();
        };
    }

    private static long number(@Nullable Number value) {
        return value == null ? 0 : value.longValue();
    }
}
