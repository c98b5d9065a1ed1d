package io.regulars.loyalty.purchases;

import io.regulars.loyalty.members.Belongings;
import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Purchases follow the member who made them; they tell nobody's name and stay after an erasure. */
public final class PurchasesOfMember implements Belongings {

    @Override
    public String name() {
        return "purchases";
    }

    @Override
    public List<UUID> move(TenantTx tx, MemberId from, MemberId to) {
        return tx.query(
                        "update <t>.purchase set member_id = :to, updated_at = :now where member_id = :from returning id")
                .bind("from", from.uuid())
                .bind("to", to.uuid())
                .bind("now", tx.now())
                .mapTo(UUID.class)
                .list();
    }

    @Override
    public void moveBack(TenantTx tx, MemberId from, MemberId to, List<UUID> ids) {
        tx.update("update <t>.purchase set member_id = :to, updated_at = :now where id = any(:ids)")
                .bind("to", to.uuid())
                .bind("now", tx.now())
                .bindArray("ids", UUID.class, ids)
                .execute();
    }

    @Override
    public void forget(TenantTx tx, List<MemberId> members) {
        // Nothing in a purchase tells who made it.
    }

    @Override
    public List<Map<String, Object>> export(TenantTx tx, MemberId member) {
        Map<UUID, List<Map<String, Object>>> lines = new HashMap<>();
        tx.query(
                        """
                        select l.purchase_id, l.line_id, l.sku, l.category, l.quantity, l.amount, l.refunded
                          from <t>.purchase_line l
                          join <t>.purchase p on p.id = l.purchase_id
                         where p.member_id = :member order by l.purchase_id, l.line_no
                        """)
                .bind("member", member.uuid())
                .map((row, context) -> Map.entry(Rows.uuid(row, "purchase_id"), line(row)))
                .forEach(line ->
                        lines.computeIfAbsent(line.getKey(), id -> new ArrayList<>())
                                .add(line.getValue()));
        return tx.query(
                        """
                        select id, source, order_id, amount, refunded, location, purchased_at, recorded_at
                          from <t>.purchase where member_id = :member order by id desc
                        """)
                .bind("member", member.uuid())
                .map((row, context) -> {
                    Map<String, Object> purchase = new LinkedHashMap<>();
                    UUID id = Rows.uuid(row, "id");
                    purchase.put("id", new PurchaseId(id).toString());
                    purchase.put("source", row.getString("source"));
                    purchase.put("order_id", row.getString("order_id"));
                    purchase.put("amount", row.getLong("amount"));
                    purchase.put("refunded", row.getLong("refunded"));
                    put(purchase, "location", row.getString("location"));
                    purchase.put("purchased_at", Rows.instant(row, "purchased_at"));
                    purchase.put("recorded_at", Rows.instant(row, "recorded_at"));
                    purchase.put("lines", lines.getOrDefault(id, List.of()));
                    return purchase;
                })
                .list();
    }

    private static Map<String, Object> line(ResultSet row) throws SQLException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("line_id", row.getString("line_id"));
        put(line, "sku", row.getString("sku"));
        put(line, "category", row.getString("category"));
        line.put("quantity", row.getInt("quantity"));
        line.put("amount", row.getLong("amount"));
        line.put("refunded", row.getLong("refunded"));
        return line;
    }

    private static void put(Map<String, Object> to, String key, @Nullable Object value) {
        if (value != null) {
            to.put(key, value);
        }
    }
}
