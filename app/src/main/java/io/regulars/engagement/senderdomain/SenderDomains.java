package io.regulars.engagement.senderdomain;

import io.regulars.platform.db.Json;
import io.regulars.platform.db.TenantTx;
import java.util.Optional;

/** The row that a shop's domain is kept in, within the caller's transaction. */
public final class SenderDomains {

    private static final String KEY = "sender_domain";

    private SenderDomains() {}

    /** The address that the shop's mail comes from, once its domain is proved. */
    public static Optional<String> verifiedAddress(TenantTx tx) {
        return find(tx).filter(SenderDomain::verified).map(SenderDomain::address);
    }

    static Optional<SenderDomain> find(TenantTx tx) {
        return tx.query("select value::text from <t>.setting where key = :key")
                .bind("key", KEY)
                .mapTo(String.class)
                .findOne()
                .map(json -> Json.read(json, SenderDomain.class));
    }

    static void save(TenantTx tx, SenderDomain domain) {
        tx.update(
                        """
                        insert into <t>.setting (key, value, version, updated_at)
                        values (:key, :value::jsonb, 1, :now)
                        on conflict (key) do update
                           set value = excluded.value, version = setting.version + 1, updated_at = :now
                        """)
                .bind("key", KEY)
                .bind("value", Json.write(domain))
                .bind("now", tx.now())
                .execute();
    }
}
