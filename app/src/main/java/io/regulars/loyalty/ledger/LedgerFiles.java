package io.regulars.loyalty.ledger;

import io.regulars.platform.db.Listing;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.ids.TypeIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All that happened to points as rows of a file. */
public final class LedgerFiles {

    public static final List<String> HEADER =
            List.of(
                    "id",
                    "member",
                    "kind",
                    "points",
                    "balance_after",
                    "rule",
                    "program_version",
                    "purchase",
                    "voucher",
                    "occurred_at",
                    "available_at",
                    "expires_at",
                    "inputs");

    private LedgerFiles() {}

    /** Oldest first, behind the given one. */
    public static List<Listing> behind(TenantTx tx, @Nullable UUID after, int limit) {
        return tx.query(
                        """
                        select id, member_id, kind, points, balance_after, rule, program_version, purchase_id, voucher_id,
                               occurred_at, available_at, expires_at, inputs::text as inputs
                          from <t>.ledger_entry where id > coalesce(:after::uuid, '00000000-0000-0000-0000-000000000000') order by id limit :limit
                        """)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> listing(row))
                .list();
    }

    private static Listing listing(ResultSet row) throws SQLException {
        UUID purchase = Rows.uuidOrNull(row, "purchase_id");
        UUID voucher = Rows.uuidOrNull(row, "voucher_id");
        return new Listing(
                Rows.uuid(row, "id"),
                List.of(
                        TypeIds.format("ptx", Rows.uuid(row, "id")),
                        TypeIds.format("mem", Rows.uuid(row, "member_id")),
                        row.getString("kind"),
                        Long.toString(row.getLong("points")),
                        Long.toString(row.getLong("balance_after")),
                        text(Rows.textOrNull(row, "rule")),
                        Integer.toString(row.getInt("program_version")),
                        purchase == null ? "" : TypeIds.format("pur", purchase),
                        voucher == null ? "" : TypeIds.format("vch", voucher),
                        Rows.instant(row, "occurred_at").toString(),
                        text(Rows.instantOrNull(row, "available_at")),
                        text(Rows.instantOrNull(row, "expires_at")),
                        row.getString("inputs")));
    }

    private static String text(@Nullable Object value) {
        return Objects.toString(value, "");
    }
}
