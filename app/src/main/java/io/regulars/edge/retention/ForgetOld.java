package io.regulars.edge.retention;

import io.regulars.events.Outbox;
import io.regulars.platform.db.KeptValue;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
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

    /** Then it is the next shop's turn; what is left is for the next sweep. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /** A little less than a day, so that it does not slip from hour to hour. */
    private static final Duration EVERY = Duration.ofHours(23);

    private static final KeptValue<Swept> SWEPT = KeptValue.of("retention", Swept.class);

    private static final UUID FIRST = new UUID(0, 0);
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private static final Batch DELIVERIES =
            batch(
                    """
                    select id from <t>.webhook_delivery
                     where id > :after and id < :before and state in ('delivered', 'failed', 'cancelled')
                     order by id limit :most
                    """,
                    "delete from <t>.webhook_delivery where id = any(:ids)");

    /** Why one was skipped is said in our own words, and counted in reports. */
    private static final Batch MESSAGES =
            batch(
                    """
                    select id from <t>.message
                     where id > :after and id < :before and state in ('sent', 'failed', 'skipped', 'unknown')
                       and (recipient is not null or model is not null or (reason is not null and state <> 'skipped'))
                     order by id limit :most
                    """,
                    """
                    update <t>.message
                       set recipient = null, subject = null, model = null,
                           reason = case state when 'skipped' then reason end
                     where id = any(:ids)
                    """);

    private final TenantDb tenants;
    private final Clock clock;
    private final Periods periods;

    private final Duration longest;

    public ForgetOld(TenantDb tenants, Clock clock, Periods periods) {
        this(tenants, clock, periods, LONGEST);
    }

    ForgetOld(TenantDb tenants, Clock clock, Periods periods, Duration longest) {
        this.tenants = tenants;
        this.clock = clock;
        this.periods = periods;
        this.longest = longest;
    }

    /** When all that was old had been forgotten. */
    private record Swept(Instant at) {}

    /**
     * Forgets what is old, once a day. Where there is too much for one sweep, or one failed, the
     * next goes on with it at once.
     *
     * @return how many rows of each kind
     */
    public Map<String, Integer> sweep(TenantRef side) {
        if (tenants.inTransaction(side, this::isSwept)) {
            return Map.of();
        }
        long end = System.nanoTime() + longest.toNanos();
        Map<String, Share> shares = new LinkedHashMap<>();
        shares.put("events", share(side, periods.events(), Outbox::forgetEvents, end));
        shares.put("audit", share(side, periods.audit(), Outbox::forgetAudit, end));
        shares.put("webhook_deliveries", share(side, periods.webhookDeliveries(), DELIVERIES, end));
        shares.put("messages", share(side, periods.messages(), MESSAGES, end));
        boolean whole = shares.values().stream().allMatch(Share::whole);
        if (whole) {
            tenants.run(side, tx -> SWEPT.put(tx, new Swept(clock.now())));
        }
        shares.values().removeIf(share -> share.rows() == 0);
        Map<String, Integer> forgotten = new LinkedHashMap<>();
        shares.forEach((kind, share) -> forgotten.put(kind, share.rows()));
        if (!forgotten.isEmpty()) {
            LOG.info(
                    "forgotten in {} ({}){}: {}",
                    side.id(),
                    side.side().key(),
                    whole ? "" : ", and more to come",
                    forgotten);
        }
        return forgotten;
    }

    private boolean isSwept(TenantTx tx) {
        return SWEPT.find(tx)
                .filter(swept -> swept.at().plus(EVERY).isAfter(clock.now()))
                .isPresent();
    }

    /** Forgets some of what was made between two ids; answers the ids of it, in their order. */
    private interface Batch {
        List<UUID> forget(TenantTx tx, UUID after, UUID before, int atMost);
    }

    private static Batch batch(String select, String forget) {
        return (tx, after, before, atMost) -> {
            List<UUID> ids =
                    tx.query(select)
                            .bind("after", after)
                            .bind("before", before)
                            .bind("most", atMost)
                            .mapTo(UUID.class)
                            .list();
            tx.update(forget).bindArray("ids", UUID.class, ids).execute();
            return ids;
        };
    }

    /**
     * What was forgotten of a kind.
     *
     * @param whole whether nothing of it is left
     */
    private record Share(int rows, boolean whole) {}

    /** Each batch begins behind the one before: what stays is not walked over again and again. */
    private Share share(TenantRef side, Duration period, Batch batch, long end) {
        UUID before = before(clock.now().minus(period));
        UUID last = FIRST;
        int rows = 0;
        do {
            UUID after = last;
            List<UUID> some =
                    tenants.inTransaction(side, tx -> batch.forget(tx, after, before, BATCH));
            rows += some.size();
            if (some.size() < BATCH) {
                return new Share(rows, true);
            }
            last = some.getLast();
        } while (System.nanoTime() < end);
        return new Share(rows, false);
    }

    /** The smallest id that could have been made then. */
    static UUID before(Instant moment) {
        return new UUID((moment.toEpochMilli() << 16) | VERSION_7, VARIANT);
    }
}
