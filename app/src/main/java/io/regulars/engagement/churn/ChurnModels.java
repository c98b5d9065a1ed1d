package io.regulars.engagement.churn;

import io.regulars.platform.db.KeptValue;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.util.Optional;

/** The model that a shop's members are judged by, within the caller's transaction. */
public final class ChurnModels {

    private static final KeptValue<Fitted> KEPT = KeptValue.of("churn", Fitted.class);

    private ChurnModels() {}

    /**
     * A model as kept.
     *
     * @param buyers from how many it was learned
     */
    record Fitted(Parameters parameters, ChurnModel.Origin origin, Instant fittedAt, int buyers) {}

    /** The model of the latest night; the platform's before the first one. */
    public static ChurnModel of(TenantTx tx) {
        return find(tx).map(fitted -> new ChurnModel(fitted.parameters(), fitted.origin()))
                .orElse(ChurnModel.PLATFORM);
    }

    static Optional<Fitted> find(TenantTx tx) {
        return KEPT.find(tx);
    }

    static void keep(TenantTx tx, ChurnModel model, int buyers) {
        KEPT.put(tx, new Fitted(model.parameters(), model.origin(), tx.now(), buyers));
    }
}
