package io.regulars.edge.reports;

import io.regulars.engagement.churn.ChurnModel;
import io.regulars.engagement.churn.ChurnModels;
import io.regulars.engagement.churn.Rhythm;
import io.regulars.loyalty.ledger.CountedPurchases;
import io.regulars.platform.db.TenantTx;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a member is worth: the purchases that the churn model expects of each in the coming year,
 * times what each pays on a day of buying. Of many members an even share is asked, by a byte of
 * their ids that is chance.
 */
final class MemberValue {

    private static final int WEEKS = 52;
    private static final int ALL = 256;
    private static final long ENOUGH = 5_000;

    private MemberValue() {}

    private record Buyer(int days, LocalDate first, LocalDate last, double perDay) {}

    static void put(TenantTx tx, Map<String, @Nullable Object> figures) {
        List<Buyer> buyers = buyers(tx);
        if (buyers.isEmpty()) {
            return;
        }
        ChurnModel model = ChurnModels.of(tx);
        LocalDate today = tx.now().atZone(tx.tenant().zone()).toLocalDate();
        double value = 0;
        double alive = 0;
        for (Buyer buyer : buyers) {
            Rhythm rhythm = Rhythm.ofDays(buyer.days(), buyer.first(), buyer.last(), today);
            value += model.expectedPurchases(rhythm, WEEKS) * buyer.perDay();
            alive += model.pAlive(rhythm);
        }
        figures.put("value_of_a_member_next_year", Report.each(value, buyers.size()));
        figures.put("members_still_active_share", Report.share(alive, buyers.size()));
        figures.put("value_learned_from", model.origin().name().toLowerCase(Locale.ROOT));
    }

    private static List<Buyer> buyers(TenantTx tx) {
        ZoneId zone = tx.tenant().zone();
        long members =
                tx.query("select count(*) from <t>.member where merged_into is null")
                        .mapTo(long.class)
                        .one();
        long share = members <= ENOUGH ? ALL : Math.max(1, ALL * ENOUGH / members);
        return tx.query(
                        """
                        select count(distinct day) as days, min(day) as first, max(day) as last, sum(paid) as paid
                          from (select member_id, (purchased_at at time zone :zone)::date as day, amount - refunded as paid
                                  from <t>.purchase p
                                 where member_id = any(array(select id from <t>.member
                                                              where get_byte(uuid_send(id), 15) < :share))
                                   and purchased_at <= :now and
                        """
                                + CountedPurchases.SQL
                                + """
                                ) as bought
                                 group by member_id
                                """)
                .bind("zone", zone.getId())
                .bind("now", tx.now())
                .bind("share", (int) share)
                .map((row, context) ->
                        new Buyer(
                                row.getInt("days"),
                                row.getObject("first", LocalDate.class),
                                row.getObject("last", LocalDate.class),
                                row.getLong("paid") / (double) row.getInt("days")))
                .list();
    }
}
