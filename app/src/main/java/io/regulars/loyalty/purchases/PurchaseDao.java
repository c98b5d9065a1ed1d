package io.regulars.loyalty.purchases;

import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.Columns;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

final class PurchaseDao {

    private static final String COLUMNS =
            """
            id, source, order_id, member_id, amount, refunded, location, program_version, content_hash,
            purchased_at, recorded_at, updated_at
            """;

    private final TenantTx tx;

    PurchaseDao(TenantTx tx) {
        this.tx = tx;
    }

    /** A purchase as recorded. */
    record Row(
            PurchaseId id,
            String source,
            String orderId,
            @Nullable MemberId memberId,
            long amount,
            long refunded,
            @Nullable String location,
            int programVersion,
            String contentHash,
            Instant purchasedAt,
            Instant recordedAt,
            Instant updatedAt) {}

    /** A line, and the purchase it belongs to. */
    record LineRow(PurchaseId purchaseId, int lineNo, NewPurchase.Line line) {}

    /** Where it came from and its number there: known for ever. */
    record OrderKey(String source, String orderId) {}

    /**
     * Inserts those whose order is not there yet, waiting for others who are just recording the
     * same.
     *
     * @return the ids of those that were inserted
     */
    List<PurchaseId> insertNew(List<Row> rows) {
        return tx.query(
                        """
                        insert into <t>.purchase (id, source, order_id, member_id, amount, refunded, location,
                               effects, program_version, content_hash, purchased_at, recorded_at, updated_at)
                        select id, source, order_id, member_id, amount, 0, location,
                               '{}', program_version, content_hash, purchased_at, :now, :now
                          from unnest(:ids, :sources, :orders, :members, :amounts, :locations, :versions, :hashes, :at)
                            as p (id, source, order_id, member_id, amount, location, program_version,
                                  content_hash, purchased_at)
                        on conflict (source, order_id) do nothing
                        returning id
                        """)
                .bindArray("ids", UUID.class, Columns.of(rows, r -> r.id().uuid()))
                .bindArray("sources", String.class, Columns.of(rows, Row::source))
                .bindArray("orders", String.class, Columns.of(rows, Row::orderId))
                .bindArray("members", UUID.class, Columns.of(rows, PurchaseDao::memberUuid))
                .bindArray("amounts", Long.class, Columns.of(rows, Row::amount))
                .bindArray("locations", String.class, Columns.of(rows, Row::location))
                .bindArray("versions", Integer.class, Columns.of(rows, Row::programVersion))
                .bindArray("hashes", String.class, Columns.of(rows, Row::contentHash))
                .bindArray("at", Instant.class, Columns.of(rows, Row::purchasedAt))
                .bind("now", tx.now())
                .map((row, context) -> new PurchaseId(Rows.uuid(row, "id")))
                .list();
    }

    void insertLines(List<LineRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        tx.update(
                        """
                        insert into <t>.purchase_line (purchase_id, line_no, line_id, sku, category, quantity, amount, refunded)
                        select purchase_id, line_no, line_id, sku, category, quantity, amount, 0
                          from unnest(:purchases, :numbers, :lineIds, :skus, :categories, :quantities, :amounts)
                            as l (purchase_id, line_no, line_id, sku, category, quantity, amount)
                        """)
                .bindArray("purchases", UUID.class, Columns.of(rows, r -> r.purchaseId().uuid()))
                .bindArray("numbers", Integer.class, Columns.of(rows, LineRow::lineNo))
                .bindArray("lineIds", String.class, Columns.of(rows, r -> r.line().lineId()))
                .bindArray("skus", String.class, Columns.of(rows, r -> r.line().sku()))
                .bindArray("categories", String.class, Columns.of(rows, r -> r.line().category()))
                .bindArray("quantities", Integer.class, Columns.of(rows, r -> r.line().quantity()))
                .bindArray("amounts", Long.class, Columns.of(rows, r -> r.line().amount()))
                .execute();
    }

    Map<OrderKey, Row> byOrders(Collection<OrderKey> orders) {
        List<OrderKey> keys = List.copyOf(orders);
        Map<OrderKey, Row> found = new HashMap<>();
        tx.query(
                        "select "
                                + COLUMNS
                                + """
                                  from <t>.purchase
                                 where (source, order_id) in (select * from unnest(:sources, :orders))
                                """)
                .bindArray("sources", String.class, Columns.of(keys, OrderKey::source))
                .bindArray("orders", String.class, Columns.of(keys, OrderKey::orderId))
                .map((row, context) -> row(row))
                .forEach(row -> found.put(new OrderKey(row.source(), row.orderId()), row));
        return found;
    }

    Optional<Row> find(PurchaseId id) {
        return tx.query("select " + COLUMNS + " from <t>.purchase where id = :id")
                .bind("id", id.uuid())
                .map((row, context) -> row(row))
                .findOne();
    }

    List<Row> page(@Nullable UUID before, int limit) {
        return tx.query(
                        "select "
                                + COLUMNS
                                + " from <t>.purchase where (:before::uuid is null or id < :before)"
                                + " order by id desc limit :limit")
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> row(row))
                .list();
    }

    /** Those recorded or changed since, latest change first, from behind the given place on. */
    List<Row> changedPage(
            Instant since, @Nullable Instant beforeTime, @Nullable UUID beforeId, int limit) {
        return tx.query(
                        "select "
                                + COLUMNS
                                + """
                                  from <t>.purchase
                                 where updated_at >= :since
                                   and (:beforeTime::timestamptz is null or (updated_at, id) < (:beforeTime, :beforeId::uuid))
                                 order by updated_at desc, id desc limit :limit
                                """)
                .bind("since", since)
                .bind("beforeTime", beforeTime)
                .bind("beforeId", beforeId)
                .bind("limit", limit)
                .map((row, context) -> row(row))
                .list();
    }

    Map<PurchaseId, List<NewPurchase.Line>> lines(Collection<PurchaseId> ids) {
        return tx
                .query(
                        """
                        select purchase_id, line_no, line_id, sku, category, quantity, amount
                          from <t>.purchase_line where purchase_id = any(:ids) order by purchase_id, line_no
                        """)
                .bindArray("ids", UUID.class, ids.stream().map(PurchaseId::uuid).toList())
                .map((row, context) ->
                        new LineRow(
                                new PurchaseId(Rows.uuid(row, "purchase_id")),
                                row.getInt("line_no"),
                                new NewPurchase.Line(
                                        row.getString("line_id"),
                                        Rows.textOrNull(row, "sku"),
                                        Rows.textOrNull(row, "category"),
                                        row.getInt("quantity"),
                                        row.getLong("amount"))))
                .stream()
                .collect(
                        Collectors.groupingBy(
                                LineRow::purchaseId,
                                Collectors.mapping(LineRow::line, Collectors.toList())));
    }

    private static @Nullable UUID memberUuid(Row row) {
        return row.memberId() == null ? null : row.memberId().uuid();
    }

    private static Row row(ResultSet row) throws SQLException {
        UUID member = Rows.uuidOrNull(row, "member_id");
        return new Row(
                new PurchaseId(Rows.uuid(row, "id")),
                row.getString("source"),
                row.getString("order_id"),
                member == null ? null : new MemberId(member),
                row.getLong("amount"),
                row.getLong("refunded"),
                Rows.textOrNull(row, "location"),
                row.getInt("program_version"),
                row.getString("content_hash"),
                Rows.instant(row, "purchased_at"),
                Rows.instant(row, "recorded_at"),
                Rows.instant(row, "updated_at"));
    }
}
