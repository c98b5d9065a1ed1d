package io.regulars.engagement.senderdomain;

import io.regulars.platform.db.Json;
import io.regulars.platform.db.KeptValue;
import io.regulars.platform.db.TenantTx;
import java.util.Optional;

/** The row that a shop's domain is kept in, within the caller's transaction. */
public final class SenderDomains {

    private static final String KEY = "sender_domain";
    private static final KeptValue<SenderDomain> KEPT = KeptValue.of(KEY, SenderDomain.class);

    private SenderDomains() {}

    /** The address that the shop's mail comes from, once its domain is proved. */
    public static Optional<String> verifiedAddress(TenantTx tx) {
        return find(tx).filter(SenderDomain::verified).map(SenderDomain::address);
    }

    static Optional<SenderDomain> find(TenantTx tx) {
        return KEPT.find(tx);
    }

    /** The same, and nobody names another before the end of the transaction. */
    static Optional<SenderDomain> lock(TenantTx tx) {
        return tx.query("select value::text from <t>.setting where key = :key for update")
                .bind("key", KEY)
                .mapTo(String.class)
                .findOne()
                .map(json -> Json.read(json, SenderDomain.class));
    }

    static void save(TenantTx tx, SenderDomain domain) {
        KEPT.put(tx, domain);
    }
}
