package io.regulars.loyalty.purchases;

import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.Columns;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Positions.TimeAndId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

final class PurchaseDao {

    private static final String COLUMNS =
            """
            id, source, order_id, member_id, amount, refunded, cost, location, claim_code, effects::text,
            program_version, content_hash, purchased_at, recorded_at, updated_at
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
            @Nullable Long cost,
            @Nullable String location,
            @Nullable String claimCode,
            Effects effects,
            int programVersion,
            String contentHash,
            Instant purchasedAt,
            Instant recordedAt,
            Instant updatedAt) {

        /** Whether this is said of it again; of a receipt whoever claimed it since is not. */
        boolean isRepeatedBy(NewPurchase said) {
            MemberId buyer = claimCode == null ? memberId : null;
            return Objects.equals(buyer, said.member()) && contentHash.equals(said.contentHash());
        }

        Row refundedBy(long more) {
            return with(memberId, refunded + more, effects, programVersion);
        }

        Row claimedBy(MemberId member, Effects moved) {
            return with(member, refunded, moved, programVersion);
        }

        private Row with(
                @Nullable MemberId newMember, long newRefunded, Effects newEffects, int version) {
            return new Row(
                    id,
                    source,
                    orderId,
                    newMember,
                    amount,
                    newRefunded,
                    cost,
                    location,
                    claimCode,
                    newEffects,
                    version,
                    contentHash,
                    purchasedAt,
                    recordedAt,
                    updatedAt);
        }
    }

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
                        insert into <t>.purchase (id, source, order_id, member_id, amount, refunded, cost, location,
                               claim_code, effects, program_version, content_hash, purchased_at, recorded_at, updated_at)
                        select id, source, order_id, member_id, amount, 0, cost, location,
                               claim_code, '{}', program_version, content_hash, purchased_at, :now, :now
                          from unnest(:ids, :sources, :orders, :members, :amounts, :costs, :locations,
                                      :claims, :versions, :hashes, :at)
                            as p (id, source, order_id, member_id, amount, cost, location, claim_code, program_version,
                                  content_hash, purchased_at)
                        on conflict (source, order_id) do nothing
                        returning id
                        """)
                .bindArray("ids", UUID.class, Columns.of(rows, r -> r.id().uuid()))
                .bindArray("sources", String.class, Columns.of(rows, Row::source))
                .bindArray("orders", String.class, Columns.of(rows, Row::orderId))
                .bindArray("members", UUID.class, Columns.of(rows, PurchaseDao::memberUuid))
                .bindArray("amounts", Long.class, Columns.of(rows, Row::amount))
                .bindArray("costs", Long.class, Columns.of(rows, Row::cost))
                .bindArray("locations", String.class, Columns.of(rows, Row::location))
                .bindArray("claims", String.class, Columns.of(rows, Row::claimCode))
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
        tx.write(
                """
                insert into <t>.purchase_line (purchase_id, line_no, line_id, sku, category, quantity, amount, refunded,
                       returned, returned_amount)
                select purchase_id, line_no, line_id, sku, category, quantity, amount, 0, 0, 0
                  from unnest(:purchases, :numbers, :lineIds, :skus, :categories, :quantities, :amounts)
                    as l (purchase_id, line_no, line_id, sku, category, quantity, amount)
                """,
                v ->
                        v.bindColumn("purchases", UUID.class, rows, r -> r.purchaseId().uuid())
                                .bindColumn("numbers", Integer.class, rows, LineRow::lineNo)
                                .bindColumn("lineIds", String.class, rows, r -> r.line().lineId())
                                .bindColumn("skus", String.class, rows, r -> r.line().sku())
                                .bindColumn(
                                        "categories", String.class, rows, r -> r.line().category())
                                .bindColumn(
                                        "quantities", Integer.class, rows, r -> r.line().quantity())
                                .bindColumn("amounts", Long.class, rows, r -> r.line().amount()));
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

    /** Newest first, those before the given one; of one member, or of all. */
    List<Row> page(@Nullable UUID member, @Nullable UUID before, int limit) {
        return tx.query(
                        "select "
                                + COLUMNS
                                + """
                                  from <t>.purchase
                                 where id < coalesce(:before::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
                                   and (:member::uuid is null or member_id = :member)
                                 order by id desc limit :limit
                                """)
                .bind("member", member)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> row(row))
                .list();
    }

    /** Those recorded or changed since, latest change first, from behind the given place on. */
    List<Row> changedPage(
            @Nullable UUID member, Instant since, @Nullable TimeAndId after, int limit) {
        return tx.query(
                        "select "
                                + COLUMNS
                                + """
                                  from <t>.purchase
                                 where updated_at >= :since
                                   and (updated_at, id) < (coalesce(:beforeTime::timestamptz, 'infinity'), coalesce(:beforeId::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
                                   and (:member::uuid is null or member_id = :member)
                                 order by updated_at desc, id desc limit :limit
                                """)
                .bind("since", since)
                .bind("beforeTime", after == null ? null : after.time())
                .bind("beforeId", after == null ? null : after.id())
                .bind("member", member)
                .bind("limit", limit)
                .map((row, context) -> row(row))
                .list();
    }

    /** Locks the purchase, so that what is refunded of it is counted once. */
    Optional<Row> lock(PurchaseId id) {
        return tx.query("select " + COLUMNS + " from <t>.purchase where id = :id for update")
                .bind("id", id.uuid())
                .map((row, context) -> row(row))
                .findOne();
    }

    Optional<Row> byClaimCode(String code) {
        return tx.query("select " + COLUMNS + " from <t>.purchase where claim_code = :code")
                .bind("code", code)
                .map((row, context) -> row(row))
                .findOne();
    }

    /** Members with a purchase besides these. */
    Set<MemberId> whoBoughtBefore(Collection<MemberId> members, Collection<PurchaseId> besides) {
        return Set.copyOf(
                tx.query(
                                """
                                select m.id from unnest(:members) as m (id)
                                 where exists (select from <t>.purchase p
                                                where p.member_id = m.id and p.id <> all(:besides))
                                """)
                        .bindArray(
                                "members",
                                UUID.class,
                                members.stream().map(MemberId::uuid).toList())
                        .bindArray(
                                "besides",
                                UUID.class,
                                besides.stream().map(PurchaseId::uuid).toList())
                        .map((row, context) -> new MemberId(Rows.uuid(row, "id")))
                        .list());
    }

    PurchaseState state(Row row) {
        return new PurchaseState(row, lines(List.of(row.id())).getOrDefault(row.id(), List.of()));
    }

    Map<PurchaseId, List<PurchaseState.LineState>> lines(Collection<PurchaseId> ids) {
        Map<PurchaseId, List<PurchaseState.LineState>> lines = new HashMap<>();
        tx.query(
                        """
                        select purchase_id, line_no, line_id, sku, category, quantity, amount, refunded, returned,
                               returned_amount
                          from <t>.purchase_line where purchase_id = any(:ids) order by purchase_id, line_no
                        """)
                .bindArray("ids", UUID.class, ids.stream().map(PurchaseId::uuid).toList())
                .map((row, context) ->
                        Map.entry(
                                new PurchaseId(Rows.uuid(row, "purchase_id")),
                                new PurchaseState.LineState(
                                        row.getInt("line_no"),
                                        new NewPurchase.Line(
                                                row.getString("line_id"),
                                                Rows.textOrNull(row, "sku"),
                                                Rows.textOrNull(row, "category"),
                                                row.getInt("quantity"),
                                                row.getLong("amount")),
                                        row.getLong("refunded"),
                                        new PurchaseState.Returned(
                                                row.getInt("returned"),
                                                row.getLong("returned_amount")))))
                .forEach(e ->
                        lines.computeIfAbsent(e.getKey(), id -> new ArrayList<>())
                                .add(e.getValue()));
        return lines;
    }

    /** Writes what a refund or a claim has changed. */
    void update(PurchaseState state) {
        Row row = state.row();
        tx.write(
                """
                update <t>.purchase
                   set member_id = :member, refunded = :refunded, effects = :effects::jsonb, updated_at = :now
                 where id = :id
                """,
                v ->
                        v.bind("id", row.id().uuid())
                                .bind("member", memberUuid(row))
                                .bind("refunded", row.refunded())
                                .bind("effects", Json.write(row.effects()))
                                .bind("now", tx.now()));
        if (!state.lines().isEmpty()) {
            tx.write(
                    """
                    update <t>.purchase_line l
                       set refunded = n.refunded, returned = n.returned, returned_amount = n.returned_amount
                      from unnest(:numbers, :refunded, :items, :amounts)
                        as n (line_no, refunded, returned, returned_amount)
                     where l.purchase_id = :id and l.line_no = n.line_no
                    """,
                    v ->
                            v.bind("id", row.id().uuid())
                                    .bindColumn(
                                            "numbers",
                                            Integer.class,
                                            state.lines(),
                                            PurchaseState.LineState::lineNo)
                                    .bindColumn(
                                            "refunded",
                                            Long.class,
                                            state.lines(),
                                            PurchaseState.LineState::refunded)
                                    .bindColumn(
                                            "items",
                                            Integer.class,
                                            state.lines(),
                                            line -> line.returned().items())
                                    .bindColumn(
                                            "amounts",
                                            Long.class,
                                            state.lines(),
                                            line -> line.returned().amount()));
        }
    }

    /** Keeps what fresh purchases moved beside points. */
    void writeEffects(Map<PurchaseId, Effects> effects) {
        List<PurchaseId> ids = List.copyOf(effects.keySet());
        if (ids.isEmpty()) {
            return;
        }
        tx.write(
                """
                update <t>.purchase p set effects = n.effects::jsonb
                  from unnest(:ids, :effects) as n (id, effects) where p.id = n.id
                """,
                v ->
                        v.bindColumn("ids", UUID.class, ids, PurchaseId::uuid)
                                .bindColumn(
                                        "effects",
                                        String.class,
                                        ids,
                                        id -> Json.write(effects.getOrDefault(id, Effects.NONE))));
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
                row.getObject("cost", Long.class),
                Rows.textOrNull(row, "location"),
                Rows.textOrNull(row, "claim_code"),
                Json.read(row.getString("effects"), Effects.class),
                row.getInt("program_version"),
                row.getString("content_hash"),
                Rows.instant(row, "purchased_at"),
                Rows.instant(row, "recorded_at"),
                Rows.instant(row, "updated_at"));
    }
}
