package io.regulars.loyalty.rewards;

import io.regulars.events.Event;
import io.regulars.loyalty.ledger.Ledger;
import io.regulars.loyalty.ledger.Movement;
import io.regulars.loyalty.program.ExpiryRules;
import io.regulars.loyalty.program.ProgramHistory;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Undoes redemptions on a ledger that the caller has locked and will write. */
final class Redemptions {

    private final TenantTx tx;
    private final Ledger ledger;
    private final ProgramHistory.Version program;

    Redemptions(TenantTx tx, Ledger ledger, ProgramHistory.Version program) {
        this.tx = tx;
        this.ledger = ledger;
        this.program = program;
    }

    /** Cancels a locked voucher; its points and its place in the stock go back. */
    Event undo(VoucherRow voucher) {
        UUID member = voucher.member();
        if (member == null) {
            throw new IllegalStateException("a redemption has a member");
        }
        ledger.giveBack(
                movement(member, voucher, program.number()),
                voucher.payment(),
                accountEnd(ledger.account(member).activeAt()));
        new StockDao(tx).giveBack(voucher.terms());
        new VoucherDao(tx).update(voucher.cancelled());
        return new Event.RedemptionCancelled(
                voucher.id(), member, voucher.terms().key(), voucher.points());
    }

    static Movement movement(UUID member, VoucherRow voucher, int programVersion) {
        return new Movement(
                member,
                voucher.points(),
                null,
                voucher.id(),
                programVersion,
                Map.of("reward", voucher.terms().key()));
    }

    @Nullable Instant accountEnd(Instant activeAt) {
        return ExpiryRules.endOfAccount(
                program.program().expiryPolicy(), activeAt, tx.tenant().zone());
    }
}
