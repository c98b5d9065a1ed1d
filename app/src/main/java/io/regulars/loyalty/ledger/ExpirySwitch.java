package io.regulars.loyalty.ledger;

import io.regulars.loyalty.program.ExpiryRules;
import io.regulars.loyalty.program.Program.Expiry;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Brings points that are there under another way of expiring: none of them ends before one whole
 * period after the change, and an end that a point was given with stays.
 */
public final class ExpirySwitch {

    private ExpirySwitch() {}

    /**
     * @param since when the new way took effect
     */
    public static void apply(
            TenantTx tx, Ledger ledger, Collection<UUID> members, Expiry expiry, Instant since) {
        ZoneId zone = tx.tenant().zone();
        for (UUID member : members) {
            Instant activeAt = ledger.account(member).activeAt();
            ledger.endsAt(
                    member,
                    ExpiryRules.endOfAccount(
                            expiry, activeAt.isAfter(since) ? activeAt : since, zone));
            new Inactivity(tx, ledger, expiry).sparePending(member);
        }
        switch (expiry.mode()) {
            case NONE -> endNever(tx, members);
            case FIXED -> endLots(tx, members, expiry, since);
            case INACTIVITY -> {
                // The accounts' end is that of all points without one of their own.
            }
        }
    }

    /**
     * Ends that the program gave are gone; what an import or a campaign's offer said by itself
     * stays.
     */
    private static void endNever(TenantTx tx, Collection<UUID> members) {
        tx.write(
                """
                update <t>.lot set expires_at = null
                 where member_id = any(:members) and remaining > 0 and expires_at is not null
                   and inputs -> 'own_end' is null
                """,
                v -> v.bindArray("members", UUID.class, List.copyOf(members)));
    }

    /** Points that wait longer than that begin their period on the day when they are there. */
    private static void endLots(
            TenantTx tx, Collection<UUID> members, Expiry expiry, Instant since) {
        List<UUID> ids = List.copyOf(members);
        List<Instant> days =
                tx.query(
                                """
                                select distinct greatest(available_at, :since) as day from <t>.lot
                                 where member_id = any(:members) and remaining > 0 and expires_at is null
                                """)
                        .bind("since", since)
                        .bindArray("members", UUID.class, ids)
                        .map((row, context) -> Rows.instant(row, "day"))
                        .list();
        ZoneId zone = tx.tenant().zone();
        tx.write(
                """
                update <t>.lot set expires_at = d.ends_at
                  from unnest(:days, :ends) as d (day, ends_at)
                 where member_id = any(:members) and remaining > 0 and expires_at is null
                   and greatest(available_at, :since) = d.day
                """,
                v ->
                        v.bind("since", since)
                                .bindColumn("days", Instant.class, days, day -> day)
                                .bindColumn(
                                        "ends",
                                        Instant.class,
                                        days,
                                        day -> ExpiryRules.endOfLot(expiry, day, zone))
                                .bindArray("members", UUID.class, ids));
    }
}
