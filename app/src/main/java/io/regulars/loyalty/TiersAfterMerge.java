package io.regulars.loyalty;

import io.regulars.events.Outbox;
import io.regulars.loyalty.ledger.Account;
import io.regulars.loyalty.ledger.Ledger;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.members.Reassessing;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.tiers.Cause;
import io.regulars.loyalty.tiers.TierBook;
import io.regulars.platform.db.TenantTx;
import java.util.List;
import java.util.UUID;

/** A merge brings purchases and points together, on which tiers hang. */
final class TiersAfterMerge implements Reassessing {

    private final Programs programs;

    TiersAfterMerge(Programs programs) {
        this.programs = programs;
    }

    @Override
    public void merged(TenantTx tx, MemberId survivor, Account before) {
        List<UUID> ids = List.of(survivor.uuid());
        Ledger ledger = Ledger.lock(tx, ids);
        TierBook book = TierBook.openForRefund(tx, programs.history(tx), ids);
        book.settle(ledger, survivor.uuid(), before, Cause.PURCHASE);
        ledger.write();
        Outbox.append(tx, book.events());
    }

    @Override
    public void parted(TenantTx tx, MemberId survivor, Account before, MemberId restored) {
        List<UUID> ids = List.of(survivor.uuid(), restored.uuid());
        Ledger ledger = Ledger.lock(tx, ids);
        TierBook book = TierBook.openForRefund(tx, programs.history(tx), ids);
        book.giveUp(ledger, survivor.uuid(), before);
        book.settle(ledger, restored.uuid(), Cause.PURCHASE);
        ledger.write();
        Outbox.append(tx, book.events());
    }
}
