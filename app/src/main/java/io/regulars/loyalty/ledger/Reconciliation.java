package io.regulars.loyalty.ledger;

import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.util.List;
import java.util.UUID;

/** Compares the three accounts of the same truth: entries, lots, balances. */
public final class Reconciliation {

    private Reconciliation() {}

    /** A member whose points do not add up. */
    public record Difference(UUID memberId, long balance, long entries, long openLots, long debt) {}

    /**
     * Every member of this tenant for whom balance = sum of entries = open lots − debt does not
     * hold.
     */
    public static List<Difference> differences(TenantTx tx) {
        return tx.query(
                        """
                        select a.member_id, a.balance, a.debt, coalesce(e.points, 0) as entries,
                               coalesce(l.remaining, 0) as lots
                          from <t>.account a
                          left join (select member_id, sum(points) as points from <t>.ledger_entry group by member_id) e
                            on e.member_id = a.member_id
                          left join (select member_id, sum(remaining) as remaining from <t>.lot
                                      where remaining > 0 group by member_id) l
                            on l.member_id = a.member_id
                         where a.balance <> coalesce(e.points, 0)
                            or a.balance <> coalesce(l.remaining, 0) - a.debt
                         order by a.member_id
                        """)
                .map((row, context) ->
                        new Difference(
                                Rows.uuid(row, "member_id"),
                                row.getLong("balance"),
                                row.getLong("entries"),
                                row.getLong("lots"),
                                row.getLong("debt")))
                .list();
    }
}
