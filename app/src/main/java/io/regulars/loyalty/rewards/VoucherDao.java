package io.regulars.loyalty.rewards;

import com.fasterxml.jackson.core.type.TypeReference;
import io.regulars.loyalty.ledger.Payment;
import io.regulars.loyalty.program.Reward;
import io.regulars.platform.db.Columns;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

final class VoucherDao {

    private static final TypeReference<List<Payment.Part>> PARTS = new TypeReference<>() {};

    private static final String SELECT =
            """
            select id, code, member_id, terms::text, state, origin, origin_id, points, paid_from::text, hold_until,
                   used_at, used_source, used_order_id, used_content, discount, issued_at, expires_at
              from <t>.voucher
            """;

    private final TenantTx tx;

    VoucherDao(TenantTx tx) {
        this.tx = tx;
    }

    /**
     * Inserts vouchers of one reward and one occasion, which differ in id, code and member only.
     *
     * @return the ids of those whose code was not taken
     */
    List<UUID> insert(List<VoucherRow> rows) {
        VoucherRow all = rows.getFirst();
        return tx.query(
                        """
                        insert into <t>.voucher (id, code, member_id, reward, terms, state, origin, origin_id, points,
                               paid_from, hold_until, issued_at, expires_at, updated_at)
                        select id, code, member_id, :reward, :terms::jsonb, :state, :origin, :originId::uuid, :points,
                               :paid::jsonb, :hold::timestamptz, :now, :expires::timestamptz, :now
                          from unnest(:ids, :codes, :members) as v (id, code, member_id)
                        on conflict (code) where use_of is null do nothing
                        returning id
                        """)
                .bindArray("ids", UUID.class, Columns.of(rows, VoucherRow::id))
                .bindArray("codes", String.class, Columns.of(rows, VoucherRow::code))
                .bindArray("members", UUID.class, Columns.of(rows, VoucherRow::member))
                .bind("reward", all.terms().key())
                .bind("terms", Json.write(all.terms()))
                .bind("state", all.state().key())
                .bind("origin", all.origin())
                .bind("originId", all.originId())
                .bind("points", all.points())
                .bind("paid", Json.write(all.payment().parts()))
                .bind("hold", all.holdUntil())
                .bind("expires", all.expiresAt())
                .bind("now", tx.now())
                .map((row, context) -> Rows.uuid(row, "id"))
                .list();
    }

    /** Writes what may change of a voucher that this transaction has locked. */
    void update(VoucherRow row) {
        VoucherRow.Use use = row.use();
        tx.write(
                """
                update <t>.voucher
                   set member_id = :member::uuid, state = :state, hold_until = :hold::timestamptz,
                       used_at = :usedAt::timestamptz, used_source = :source::text, used_order_id = :order::text,
                       used_content = :content::text, discount = :discount::bigint, updated_at = :now
                 where id = :id
                """,
                v ->
                        v.bind("member", row.member())
                                .bind("state", row.state().key())
                                .bind("hold", row.holdUntil())
                                .bind("usedAt", use == null ? null : use.at())
                                .bind("source", use == null ? null : use.source())
                                .bind("order", use == null ? null : use.orderId())
                                .bind("content", use == null ? null : use.content())
                                .bind("discount", use == null ? null : use.discount())
                                .bind("now", tx.now())
                                .bind("id", row.id()));
    }

    Optional<VoucherRow> find(UUID id) {
        return tx.query(SELECT + " where id = :id")
                .bind("id", id)
                .map((row, context) -> voucher(row))
                .findOne();
    }

    Optional<VoucherRow> lock(UUID id) {
        return tx.query(SELECT + " where id = :id for update")
                .bind("id", id)
                .map((row, context) -> voucher(row))
                .findOne();
    }

    Optional<VoucherRow> findByCode(String code) {
        return tx.query(SELECT + " where code = :code and use_of is null")
                .bind("code", code)
                .map((row, context) -> voucher(row))
                .findOne();
    }

    /** Locked in the order of their ids, as everywhere: so nobody waits in a ring. */
    List<VoucherRow> lockByCodes(Collection<String> codes) {
        return tx.query(
                        SELECT
                                + " where code = any(:codes) and use_of is null order by id for update")
                .bindArray("codes", String.class, List.copyOf(codes))
                .map((row, context) -> voucher(row))
                .list();
    }

    /** The vouchers that an order has used, as they are now: one may have come back meanwhile. */
    List<VoucherRow> lockByOrder(String source, String orderId) {
        return tx.query(
                        SELECT
                                + """
                                 where id = any(array(select coalesce(use_of, id) from <t>.voucher
                                                       where used_source = :source and used_order_id = :order
                                                         and state = 'used'))
                                 order by id for update
                                """)
                .bind("source", source)
                .bind("order", orderId)
                .map((row, context) -> voucher(row))
                .list();
    }

    /** Whose vouchers an order used. */
    List<UUID> ownersByOrder(String source, String orderId) {
        return tx.query(
                        """
                        select distinct member_id from <t>.voucher
                         where used_source = :source and used_order_id = :order and member_id is not null
                        """)
                .bind("source", source)
                .bind("order", orderId)
                .map((row, context) -> Rows.uuid(row, "member_id"))
                .list();
    }

    /** A member's unused vouchers of one origin, newest first, locked. */
    List<VoucherRow> lockUnused(Collection<UUID> members, String origin) {
        return tx.query(
                        SELECT
                                + """
                                 where member_id = any(:members) and origin = :origin and state = 'issued'
                                   and used_at is null
                                 order by id desc for update
                                """)
                .bindArray("members", UUID.class, List.copyOf(members))
                .bind("origin", origin)
                .map((row, context) -> voucher(row))
                .list();
    }

    /** The same to look at. */
    List<VoucherRow> all(Collection<UUID> ids) {
        return tx.query(SELECT + " where id = any(:ids)")
                .bindArray("ids", UUID.class, List.copyOf(ids))
                .map((row, context) -> voucher(row))
                .list();
    }

    /** What can still be used of it, to look at: a reusable one may have been used before. */
    List<VoucherRow> unused(Collection<UUID> members, String origin) {
        return tx.query(
                        SELECT
                                + """
                                 where member_id = any(:members) and origin = :origin and state = 'issued'
                                 order by id desc
                                """)
                .bindArray("members", UUID.class, List.copyOf(members))
                .bind("origin", origin)
                .map((row, context) -> voucher(row))
                .list();
    }

    void cancelUnused(List<UUID> ids) {
        tx.write(
                "update <t>.voucher set state = 'cancelled', updated_at = :now where id = any(:ids) and state = 'issued' and used_at is null",
                v -> v.bindArray("ids", UUID.class, ids).bind("now", tx.now()));
    }

    /** How often each of these members has bought each reward with points. */
    List<RewardCount> redemptions(Collection<UUID> members) {
        return tx.query(
                        """
                        select member_id, reward, count(*) as n from <t>.voucher
                         where member_id = any(:members) and origin = 'redemption' and state <> 'cancelled'
                           and use_of is null
                         group by member_id, reward
                        """)
                .bindArray("members", UUID.class, List.copyOf(members))
                .map((row, context) ->
                        new RewardCount(
                                Rows.uuid(row, "member_id"),
                                row.getString("reward"),
                                row.getLong("n")))
                .list();
    }

    record RewardCount(UUID member, String reward, long count) {}

    /**
     * Newest first, before the given one.
     *
     * @param state as it is shown; null for all
     */
    List<VoucherRow> ofMember(
            UUID member, @Nullable String state, @Nullable UUID before, int limit) {
        return tx.query(
                        SELECT
                                + """
                                 where member_id = :member and use_of is null and id < coalesce(:before::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
                                   and (:state::text is null or :state = case when state = 'issued' and expires_at <= :now
                                                                              then 'expired' else state end)
                                 order by id desc limit :limit
                                """)
                .bind("member", member)
                .bind("state", state)
                .bind("now", tx.now())
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> voucher(row))
                .list();
    }

    /** Oldest first, behind the given one: a file can be written piece by piece. */
    List<VoucherRow> behind(@Nullable UUID after, int limit) {
        return tx.query(
                        SELECT
                                + """
                                 where use_of is null and id > coalesce(:after::uuid, '00000000-0000-0000-0000-000000000000') order by id limit :limit
                                """)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> voucher(row))
                .list();
    }

    Optional<Instant> nextHoldEnd() {
        return tx.query(
                        "select min(hold_until) as next from <t>.voucher where state = 'held' having min(hold_until) is not null")
                .map((row, context) -> Rows.instant(row, "next"))
                .findOne();
    }

    /** Holds that have run out, the oldest first. */
    List<VoucherRow> holdsOver(int limit) {
        return tx.query(
                        SELECT
                                + """
                                 where state = 'held' and hold_until <= :now order by hold_until, id limit :limit
                                """)
                .bind("now", tx.now())
                .bind("limit", limit)
                .map((row, context) -> voucher(row))
                .list();
    }

    private static VoucherRow voucher(ResultSet row) throws SQLException {
        Instant usedAt = Rows.instantOrNull(row, "used_at");
        return new VoucherRow(
                Rows.uuid(row, "id"),
                row.getString("code"),
                Rows.uuidOrNull(row, "member_id"),
                Json.read(row.getString("terms"), Reward.class),
                VoucherState.of(row.getString("state")),
                row.getString("origin"),
                Rows.uuidOrNull(row, "origin_id"),
                row.getLong("points"),
                new Payment(Json.read(row.getString("paid_from"), PARTS)),
                Rows.instantOrNull(row, "hold_until"),
                usedAt == null ? null : use(row, usedAt),
                Rows.instant(row, "issued_at"),
                Rows.instantOrNull(row, "expires_at"));
    }

    private static VoucherRow.Use use(ResultSet row, Instant usedAt) throws SQLException {
        return new VoucherRow.Use(
                usedAt,
                Objects.requireNonNullElse(row.getString("used_source"), ""),
                Objects.requireNonNullElse(row.getString("used_order_id"), ""),
                row.getLong("discount"),
                row.getString("used_content"));
    }
}
