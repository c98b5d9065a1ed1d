package io.regulars.loyalty.publishing;

import io.regulars.loyalty.program.LocalText;
import io.regulars.loyalty.program.Parts;
import io.regulars.loyalty.program.TierScheme;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must hold of the tiers. */
final class TierCheck {

    private static final int MOST_LEVELS = 20;
    private static final int MOST_GRACE_DAYS = 366;
    private static final int DECIMALS = 2;
    private static final BigDecimal LARGEST_MULTIPLIER = BigDecimal.valueOf(100);

    private final Findings findings;

    TierCheck(Findings findings) {
        this.findings = findings;
    }

    void check(TierScheme tiers) {
        findings.range("/tiers/downgrade/grace_days", tiers.graceDays(), 0, MOST_GRACE_DAYS);
        List<TierScheme.Level> levels = tiers.levels();
        if (levels.isEmpty() || levels.size() > MOST_LEVELS) {
            findings.error("/tiers/levels", "out_of_range", "There are 1 to " + MOST_LEVELS + ".");
        }
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < levels.size(); i++) {
            TierScheme.Level level = levels.get(i);
            String at = "/tiers/levels/" + i;
            findings.key(at + "/key", level.key(), keys);
            findings.name(at + "/name", level.name());
            threshold(at + "/threshold", level.threshold(), i == 0 ? null : levels.get(i - 1));
            multiplier(at + "/multiplier", level.multiplier());
            List<LocalText> perks = Parts.of(level.perks());
            findings.most(at + "/perks", perks.size());
            for (int p = 0; p < perks.size(); p++) {
                findings.name(at + "/perks/" + p, perks.get(p));
            }
        }
    }

    private void threshold(String at, long threshold, TierScheme.@Nullable Level below) {
        if (below == null) {
            if (threshold != 0) {
                findings.error(at, "not_zero", "Everybody begins in the first tier: 0.");
            }
        } else if (threshold <= below.threshold()) {
            findings.error(at, "not_rising", "Must be more than that of the tier before.");
        } else {
            findings.amount(at, threshold);
        }
    }

    private void multiplier(String at, @Nullable BigDecimal multiplier) {
        if (multiplier == null) {
            return;
        }
        if (multiplier.signum() < 0 || multiplier.compareTo(LARGEST_MULTIPLIER) > 0) {
            findings.error(at, "out_of_range", "Must be 0 to " + LARGEST_MULTIPLIER + ".");
        } else if (multiplier.stripTrailingZeros().scale() > DECIMALS) {
            findings.error(at, "too_precise", "At most " + DECIMALS + " decimals.");
        }
    }
}
