package io.regulars.edge.retention;

import io.regulars.events.Outbox;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets what is old in one side of a shop. Age is told by the ids, which begin with the time they
 * were made at: so the oldest rows are found without looking at the others.
 */
public final class ForgetOld {

    private static final Logger LOG = LoggerFactory.getLogger(ForgetOld.class);
    private static final int BATCH = 1000;
    private static final int BATCHES = 50;
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private static final String DELIVERIES =
            """
            delete from <t>.webhook_delivery
             where id in (select id from <t>.webhook_delivery
                           where id < :cut and state in ('delivered', 'failed', 'cancelled')
                           order by id limit :batch)
            """;
    private static final String MESSAGES =
            """
            update <t>.message set recipient = null, subject = null, model = null
             where id in (select id from <t>.message
                           where id < :cut and state in ('sent', 'failed', 'skipped', 'unknown')
                             and (recipient is not null or model is not null)
                           order by id limit :batch)
            """;

    private final TenantDb tenants;
    private final Clock clock;
    private final Periods periods;

    public ForgetOld(TenantDb tenants, Clock clock, Periods periods) {
        this.tenants = tenants;
        this.clock = clock;
        this.periods = periods;
    }

    /** Answers how many rows of each kind. */
    public Map<String, Integer> sweep(TenantRef side) {
        Map<String, Integer> forgotten = new LinkedHashMap<>();
        forgotten.put("events", all(side, periods.events(), Outbox::forgetEvents));
        forgotten.put("audit", all(side, periods.audit(), Outbox::forgetAudit));
        forgotten.put(
                "webhook_deliveries", all(side, periods.webhookDeliveries(), batch(DELIVERIES)));
        forgotten.put("messages", all(side, periods.messages(), batch(MESSAGES)));
        forgotten.values().removeIf(count -> count == 0);
        if (!forgotten.isEmpty()) {
            LOG.info("forgotten in {} ({}): {}", side.id(), side.side().key(), forgotten);
        }
        return forgotten;
    }

    /** Forgets some of what was made before an id; answers how many. */
    private interface Batch {
        int forget(TenantTx tx, UUID before, int atMost);
    }

    private static Batch batch(String sql) {
        return (tx, before, atMost) ->
                tx.update(sql).bind("cut", before).bind("batch", atMost).execute();
    }

    private int all(TenantRef side, Duration period, Batch batch) {
        UUID cut = before(clock.now().minus(period));
        int total = 0;
        int some = BATCH;
        for (int i = 0; i < BATCHES && some == BATCH; i++) {
            some = tenants.inTransaction(side, tx -> batch.forget(tx, cut, BATCH));
            total += some;
        }
        return total;
    }

    /** The smallest id that could have been made then. */
    static UUID before(Instant moment) {
        return new UUID((moment.toEpochMilli() << 16) | VERSION_7, VARIANT);
    }
}
