package io.regulars.edge.retention;

import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
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

    private static final String EVENTS =
            """
            delete from <t>.event
             where id in (select id from <t>.event
                           where id < :cut and type not like 'audit.%' and not pending
                           order by id limit :batch)
            """;
    private static final String AUDIT =
            """
            delete from <t>.event
             where id in (select id from <t>.event
                           where id < :cut and type like 'audit.%' order by id limit :batch)
            """;
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
        forgotten.put("events", all(side, EVENTS, periods.events()));
        forgotten.put("audit", all(side, AUDIT, periods.audit()));
        forgotten.put("webhook_deliveries", all(side, DELIVERIES, periods.webhookDeliveries()));
        forgotten.put("messages", all(side, MESSAGES, periods.messages()));
        forgotten.values().removeIf(count -> count == 0);
        if (!forgotten.isEmpty()) {
            LOG.info("forgotten in {} ({}): {}", side.id(), side.side().key(), forgotten);
        }
        return forgotten;
    }

    private int all(TenantRef side, String sql, Duration period) {
        UUID cut = before(clock.now().minus(period));
        int total = 0;
        for (int i = 0; i < BATCHES; i++) {
            int some =
                    tenants.inTransaction(
                            side,
                            tx -> tx.update(sql).bind("cut", cut).bind("batch", BATCH).execute());
            total += some;
            if (some < BATCH) {
                break;
            }
        }
        return total;
    }

    /** The smallest id that could have been made then. */
    static UUID before(Instant moment) {
        return new UUID((moment.toEpochMilli() << 16) | VERSION_7, VARIANT);
    }
}
