package io.regulars.loyalty.members;

import io.regulars.loyalty.ledger.LedgerHistory;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * People who filled in a join page and never proved that the address was theirs, and whom the shop
 * knows nothing else of. As soon as it has given or written something they are its customers.
 */
public final class Strangers {

    private Strangers() {}

    /**
     * Whether a member is one, as a condition of a query.
     *
     * @param member the member's id there, with the name of its table
     */
    public static String is(String member) {
        return String.format(
                Locale.ROOT,
                """
                exists (select from <t>.setting asked
                          join <t>.member j on j.id = %1$s and j.updated_at = j.created_at
                         where asked.key = 'join:' || %1$s
                           and not exists (select from <t>.purchase p where p.member_id = %1$s)
                           and not exists (select from <t>.activity a where a.member_id = %1$s)
                           and not exists (select from <t>.voucher v where v.member_id = %1$s)
                           and not exists (select from <t>.consent_event c where c.member_id = %1$s)
                           and %2$s)
                """,
                member,
                LedgerHistory.isEmpty(member));
    }

    /**
     * Those whose link is over, and who is no member any more but left a form behind.
     *
     * @param before when they filled in the form
     */
    static List<MemberId> abandoned(TenantTx tx, Instant before, int limit) {
        return tx.query(
                        """
                        select o.member from (select substr(s.key, 6)::uuid as member from <t>.setting s
                                               where s.key >= 'join:' and s.key < 'join;' and s.updated_at < :before) o
                         where not exists (select from <t>.member m where m.id = o.member and
                        """
                                + MemberDao.LIVING
                                + ") or "
                                + is("o.member")
                                + " limit :limit")
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> new MemberId(Rows.uuid(row, "member")))
                .list();
    }
}
