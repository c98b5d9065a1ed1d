package io.regulars.loyalty.rewards;

import io.regulars.loyalty.rewards.OrderVouchers.OrderKey;
import io.regulars.loyalty.rewards.OrderVouchers.Used;
import io.regulars.platform.db.Columns;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.ids.TypeIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Uses vouchers that the caller has locked. One that can be used once becomes used. A reusable one
 * stays as it is and gets a row for each order, so that an order is known for ever there too, and
 * figures count each use.
 */
final class VoucherUses {

    private final TenantTx tx;
    private final VoucherDao vouchers;

    VoucherUses(TenantTx tx) {
        this.tx = tx;
        this.vouchers = new VoucherDao(tx);
    }

    /** The voucher as this order has used it; empty: it has not. */
    Optional<VoucherRow> by(VoucherRow voucher, String source, String orderId) {
        if (!voucher.isReusable()) {
            return voucher.isUsedFor(source, orderId) ? Optional.of(voucher) : Optional.empty();
        }
        return tx.query(
                        """
                        select used_at, discount, used_content from <t>.voucher
                         where use_of = :voucher and used_source = :source and used_order_id = :order and state = 'used'
                        """)
                .bind("voucher", voucher.id())
                .bind("source", source)
                .bind("order", orderId)
                .map((row, context) ->
                        new VoucherRow.Use(
                                Rows.instant(row, "used_at"),
                                source,
                                orderId,
                                row.getLong("discount"),
                                row.getString("used_content")))
                .findOne()
                .map(use -> voucher.usedAgainBy(null, use));
    }

    /** What these orders have used, in any order. */
    static Map<OrderKey, List<Used>> ofOrders(TenantTx tx, List<OrderKey> orders) {
        Map<OrderKey, List<Used>> used = new HashMap<>();
        tx.query(
                        """
                        select v.used_source, v.used_order_id, v.code, v.reward, v.discount from <t>.voucher v
                          join unnest(:sources, :orders) as o (source, order_id)
                            on v.used_source = o.source and v.used_order_id = o.order_id
                         where v.state = 'used'
                        """)
                .bindArray("sources", String.class, Columns.of(orders, OrderKey::source))
                .bindArray("orders", String.class, Columns.of(orders, OrderKey::orderId))
                .map((row, context) ->
                        Map.entry(
                                new OrderKey(
                                        row.getString("used_source"),
                                        row.getString("used_order_id")),
                                new Used(
                                        row.getString("code"),
                                        row.getString("reward"),
                                        row.getLong("discount"))))
                .forEach(one ->
                        used.computeIfAbsent(one.getKey(), key -> new ArrayList<>())
                                .add(one.getValue()));
        return used;
    }

    /**
     * @param user who showed it; one of a batch is theirs from now on
     */
    VoucherRow use(VoucherRow voucher, @Nullable UUID user, VoucherRow.Use use) {
        if (!voucher.isReusable()) {
            VoucherRow used = voucher.usedBy(user, use);
            vouchers.update(used);
            return used;
        }
        tx.write(
                """
                insert into <t>.voucher (id, code, member_id, reward, terms, state, origin, origin_id, points, paid_from,
                       used_at, used_source, used_order_id, used_content, discount, issued_at, expires_at, use_of, updated_at)
                select :id, code, coalesce(member_id, :user::uuid), reward, terms, 'used', origin, origin_id, 0, '[]',
                       :at, :source, :order, :content::text, :discount, issued_at, expires_at, id, :at
                  from <t>.voucher where id = :voucher
                """,
                insert ->
                        insert.bind("id", TypeIds.next())
                                .bind("user", user)
                                .bind("at", use.at())
                                .bind("source", use.source())
                                .bind("order", use.orderId())
                                .bind("content", use.content())
                                .bind("discount", use.discount())
                                .bind("voucher", voucher.id()));
        sumUp(voucher, user);
        return voucher.usedAgainBy(user, use);
    }

    /** Takes the use by this order back. */
    VoucherRow takeBack(VoucherRow voucher, String source, String orderId) {
        if (!voucher.isReusable()) {
            vouchers.update(voucher.restored());
            return voucher.restored();
        }
        tx.write(
                """
                update <t>.voucher set state = 'cancelled', updated_at = :now
                 where use_of = :voucher and used_source = :source and used_order_id = :order and state = 'used'
                """,
                use ->
                        use.bind("voucher", voucher.id())
                                .bind("source", source)
                                .bind("order", orderId)
                                .bind("now", tx.now()));
        sumUp(voucher, null);
        return voucher.restored();
    }

    /** What reports ask of a voucher, whichever kind: when it was used last, and what it gave. */
    private void sumUp(VoucherRow voucher, @Nullable UUID user) {
        tx.write(
                """
                update <t>.voucher v
                   set member_id = coalesce(v.member_id, :user::uuid), updated_at = :now,
                       used_at = (select max(u.used_at) from <t>.voucher u where u.use_of = v.id and u.state = 'used'),
                       discount = (select sum(u.discount) from <t>.voucher u where u.use_of = v.id and u.state = 'used')
                 where v.id = :voucher
                """,
                update ->
                        update.bind("user", user)
                                .bind("now", tx.now())
                                .bind("voucher", voucher.id()));
    }
}
