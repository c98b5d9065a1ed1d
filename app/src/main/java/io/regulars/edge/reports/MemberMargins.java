package io.regulars.edge.reports;

import io.regulars.platform.db.TenantTx;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What members leave in the shop after goods and rewards. A purchase that says what its goods cost
 * has the margin it has: what a voucher took off is not in its amount any more. Of others the
 * shop's usual share is taken, and the voucher's discount comes off that. A reward that takes
 * nothing off a price costs what the program says. Money is added up in whole units as far as it
 * goes: a division for each of a million purchases takes longer than reading them.
 */
final class MemberMargins {

    private MemberMargins() {}

    /**
     * @param usualPercent what is left of a price, as the shop says; null: not known
     */
    static void put(
            TenantTx tx,
            Period period,
            @Nullable Integer usualPercent,
            Map<String, @Nullable Object> figures) {
        tx.query(
                        """
                        select count(*) filter (where known) as known,
                               count(*) filter (where known and margin < coalesce(reward_cost, 0)) as unprofitable,
                               round(sum(margin - coalesce(reward_cost, 0)) filter (where known))::bigint as margin,
                               coalesce(sum(paid) filter (where known), 0) as known_paid, coalesce(sum(paid), 0) as paid
                          from (select member_id, sum(amount - refunded) as paid,
                                       bool_and(cost is not null or :usual::int is not null) as known,
                                       coalesce(sum((amount - refunded) * :usual::int) filter (where cost is null), 0) / 100.0
                                       + coalesce(sum(amount - refunded - cost) filter (where amount = 0 or refunded = 0), 0)
                                       + coalesce(sum((amount - refunded) * (1 - cost::numeric / amount))
                                                   filter (where amount <> 0 and refunded <> 0), 0) as margin
                                  from <t>.purchase
                                 where member_id is not null and purchased_at >= :start and purchased_at < :end
                                 group by member_id) as p
                          left join (select coalesce(o.member_id, v.member_id) as member_id,
                                            sum(case when coalesce(v.discount, 0) = 0 then coalesce((v.terms ->> 'cost')::bigint, 0)
                                                     when o.cost is not null then 0
                                                     else v.discount end) as reward_cost
                                       from <t>.voucher v
                                       left join <t>.purchase o on o.source = v.used_source and o.order_id = v.used_order_id
                                      where v.state = 'used' and v.used_at >= :start and v.used_at < :end
                                      group by 1) as r using (member_id)
                        """)
                .bind("start", period.start())
                .bind("end", period.end())
                .bind("usual", usualPercent)
                .map((row, context) -> {
                    if (row.getLong("known") > 0) {
                        figures.put("unprofitable_members", row.getLong("unprofitable"));
                        figures.put("margin_of_members", row.getLong("margin"));
                        figures.put(
                                "margin_known_share",
                                Report.share(row.getLong("known_paid"), row.getLong("paid")));
                    }
                    return true;
                })
                .one();
    }
}
