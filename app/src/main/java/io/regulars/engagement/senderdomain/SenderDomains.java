package io.regulars.engagement.senderdomain;

import io.regulars.platform.db.KeptValue;
import io.regulars.platform.db.TenantTx;
import java.util.Optional;

/** The row that a shop's domain is kept in, within the caller's transaction. */
public final class SenderDomains {

    private static final KeptValue<SenderDomain> KEPT =
            KeptValue.of("sender_domain", SenderDomain.class);

    private SenderDomains() {}

    /** The address that the shop's mail comes from, once its domain is proved. */
    public static Optional<String> verifiedAddress(TenantTx tx) {
        return find(tx).filter(SenderDomain::verified).map(SenderDomain::address);
    }

    static Optional<SenderDomain> find(TenantTx tx) {
        return KEPT.find(tx);
    }

    static void save(TenantTx tx, SenderDomain domain) {
        KEPT.put(tx, domain);
    }
}
