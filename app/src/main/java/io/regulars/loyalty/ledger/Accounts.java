package io.regulars.loyalty.ledger;

import com.fasterxml.jackson.core.type.TypeReference;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Accounts as they are, for those who only look. */
public final class Accounts {

    private static final TypeReference<Map<String, Long>> COUNTS = new TypeReference<>() {};

    private Accounts() {}

    /** Not locked: what is seen may have changed by the time it is told. */
    public static Optional<Account> find(TenantTx tx, UUID member) {
        return tx.query(
                        """
                        select member_id, balance, debt, carry::text, stamps::text, tier, tier_since, tier_ends_at,
                               active_at, expires_at
                          from <t>.account where member_id = :member
                        """)
                .bind("member", member)
                .map((row, context) ->
                        new Account(
                                Rows.uuid(row, "member_id"),
                                row.getLong("balance"),
                                row.getLong("debt"),
                                Json.read(row.getString("carry"), COUNTS),
                                Json.read(row.getString("stamps"), COUNTS),
                                Rows.textOrNull(row, "tier"),
                                Rows.instantOrNull(row, "tier_since"),
                                Rows.instantOrNull(row, "tier_ends_at"),
                                Rows.instant(row, "active_at"),
                                Rows.instantOrNull(row, "expires_at")))
                .findOne();
    }
}
