package io.regulars.engagement.churn;

import io.regulars.platform.db.Json;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.util.Optional;

/** The model that a shop's members are judged by, within the caller's transaction. */
public final class ChurnModels {

    private static final String KEY = "churn";

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
        return tx.query("select value::text from <t>.setting where key = :key")
                .bind("key", KEY)
                .mapTo(String.class)
                .findOne()
                .map(json -> Json.read(json, Fitted.class));
    }

    static void keep(TenantTx tx, ChurnModel model, int buyers) {
        tx.update(
                        """
                        insert into <t>.setting as s (key, value, version, updated_at)
                        values (:key, :value::jsonb, 1, :now)
                        on conflict (key) do update
                           set value = excluded.value, version = s.version + 1, updated_at = excluded.updated_at
                        """)
                .bind("key", KEY)
                .bind(
                        "value",
                        Json.write(
                                new Fitted(model.parameters(), model.origin(), tx.now(), buyers)))
                .bind("now", tx.now())
                .execute();
    }
}
