package io.regulars.loyalty.ledger;

import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Compares what the ledger knows twice: entries, lots, balances. */
public final class Reconciliation {

    private Reconciliation() {}

    /**
     * Something about a member's points that does not add up.
     *
     * @param kind what was compared
     * @param detail the numbers
     */
    public record Difference(UUID memberId, String kind, String detail) {}

    /** Every difference of this tenant. */
    public static List<Difference> differences(TenantTx tx) {
        List<Difference> differences = new ArrayList<>(balances(tx));
        differences.addAll(lots(tx));
        return differences;
    }

    /** Balance = sum of entries = open lots − debt, and who owes points has none. */
    private static List<Difference> balances(TenantTx tx) {
        return tx.query(
                        """
                        select a.member_id, 'balance' as kind,
                               'balance ' || a.balance || ', entries ' || coalesce(e.points, 0)
                               || ', open lots ' || coalesce(l.remaining, 0) || ', debt ' || a.debt as detail
                          from <t>.account a
                          left join (select member_id, sum(points) as points from <t>.ledger_entry group by member_id) e
                            on e.member_id = a.member_id
                          left join (select member_id, sum(remaining) as remaining from <t>.lot
                                      where remaining > 0 group by member_id) l
                            on l.member_id = a.member_id
                         where a.balance <> coalesce(e.points, 0)
                            or a.balance <> coalesce(l.remaining, 0) - a.debt
                            or (a.debt > 0 and coalesce(l.remaining, 0) > 0)
                         order by a.member_id
                        """)
                .map((row, context) -> difference(row))
                .list();
    }

    /**
     * Of each lot, what is left and what has expired is no more than what was given, and the
     * entries say the same of what was given and of what expired.
     */
    private static List<Difference> lots(TenantTx tx) {
        return tx.query(
                        """
                        select l.member_id, 'lot' as kind,
                               'lot of ' || l.points || ': remaining ' || l.remaining || ', reversed ' || l.reversed
                               || ', lost ' || l.lost || ', booked ' || coalesce(e.booked, 0)
                               || ', expired ' || coalesce(e.expired, 0) as detail
                          from <t>.lot l
                          left join (select lot_id,
                                            sum(points) filter (where points > 0) as booked,
                                            -sum(points) filter (where kind = 'expire') as expired
                                       from <t>.ledger_entry where lot_id is not null group by lot_id) e
                            on e.lot_id = l.id
                         where l.remaining < 0 or l.lost < 0 or l.forgiven < 0
                            or l.remaining + l.lost > l.points
                            or l.reversed > l.points
                            or coalesce(e.booked, 0) <> l.points
                            or l.lost > coalesce(e.expired, 0)
                         order by l.member_id, l.id
                        """)
                .map((row, context) -> difference(row))
                .list();
    }

    private static Difference difference(ResultSet row) throws SQLException {
        return new Difference(
                Rows.uuid(row, "member_id"), row.getString("kind"), row.getString("detail"));
    }
}
