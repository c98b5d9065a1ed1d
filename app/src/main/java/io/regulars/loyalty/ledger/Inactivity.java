package io.regulars.loyalty.ledger;

import io.regulars.loyalty.program.ExpiryRules;
import io.regulars.loyalty.program.Program.Expiry;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;

/** When points without an end of their own end: with the account of whoever does nothing. */
public final class Inactivity {

    private final Ledger ledger;
    private final Expiry expiry;
    private final Instant now;
    private final ZoneId zone;

    public Inactivity(TenantTx tx, Ledger ledger, Expiry expiry) {
        this.ledger = ledger;
        this.expiry = expiry;
        this.now = tx.now();
        this.zone = tx.tenant().zone();
    }

    /** The member did something: a whole period begins anew. */
    public void isOver(UUID member) {
        ledger.active(member, ExpiryRules.endOfAccount(expiry, now, zone));
        sparePending(member);
    }

    /** Points that wait do not end before they are there: their period begins on that day. */
    public void sparePending(UUID member) {
        OpenAccount account = ledger.opened(member);
        Instant end = account.now().expiresAt();
        Instant there = account.pendingUntil();
        if (end != null && there != null && !end.isAfter(there)) {
            ledger.endsAt(member, ExpiryRules.endOfAccount(expiry, there, zone));
        }
    }
}
