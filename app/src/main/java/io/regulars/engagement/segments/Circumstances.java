package io.regulars.engagement.segments;

import io.regulars.engagement.churn.AliveFact;
import io.regulars.engagement.churn.ChurnModels;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.program.TierScheme;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.time.LocalTimes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a filter is compiled against, besides what it says itself. */
final class Circumstances {

    private final TenantTx tx;
    private final Program program;

    Circumstances(TenantTx tx, Programs programs) {
        this.tx = tx;
        this.program = programs.inForce(tx).program();
    }

    Instant now() {
        return tx.now();
    }

    ZoneId zone() {
        return tx.tenant().zone();
    }

    LocalDate today() {
        return LocalTimes.day(tx.now(), zone());
    }

    List<String> tiers() {
        return program.tierScheme().stream()
                .flatMap(scheme -> scheme.levels().stream())
                .map(TierScheme.Level::key)
                .toList();
    }

    /** Where the fifths begin of what this score ranks by. */
    List<Double> fifths(Fact score) {
        Rfm rfm = tx.once(Rfm.class, () -> Rfm.of(tx));
        return switch (score) {
            case RFM_RECENCY -> rfm.recency();
            case RFM_FREQUENCY -> rfm.frequency();
            default -> rfm.monetary();
        };
    }

    /** What the expression of a fact has bound in it under fixed names. */
    Map<String, Object> values(Fact fact) {
        Map<String, Object> values = new HashMap<>();
        switch (fact) {
            case TIME_ZONE -> values.put("shop_zone", zone().getId());
            case AGE -> {
                values.put("this_year", today().getYear());
                values.put("this_day", today().getMonthValue() * 100 + today().getDayOfMonth());
            }
            case TIER -> values.put("first_tier", tiers().isEmpty() ? "" : tiers().getFirst());
            case POINTS -> values.put("now", now());
            case P_ALIVE -> values.putAll(AliveFact.values(ChurnModels.of(tx), today(), zone()));
            default -> {
                // It stands for itself.
            }
        }
        return values;
    }
}
