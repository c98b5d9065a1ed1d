package io.regulars.loyalty.members;

import io.regulars.loyalty.ledger.LedgerHistory;
import io.regulars.loyalty.ledger.TransactionId;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.ids.TypeIds;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells all that is known of a person, within the caller's transaction. */
final class ExportMember {

    private static final int ALL = 1_000_000;

    private final List<Belongings> belongings;

    ExportMember(List<Belongings> belongings) {
        this.belongings = belongings.stream().filter(kind -> !kind.isCopy()).toList();
    }

    /**
     * All that is known of a person.
     *
     * @param belongings by kind: purchases, activities, vouchers, referrals, messages
     */
    record MemberExport(
            Instant exportedAt,
            MemberView member,
            List<MemberResource.ConsentView> consents,
            List<Transaction> transactions,
            Map<String, List<Map<String, Object>>> belongings) {}

    /** A row of the ledger, with what the rule saw and decided. */
    record Transaction(
            TransactionId id,
            String kind,
            long points,
            long balanceAfter,
            Instant occurredAt,
            @Nullable Instant availableAt,
            @Nullable Instant expiresAt,
            @Nullable String rule,
            int programVersion,
            @Nullable String purchase,
            Map<String, Object> inputs) {

        static Transaction of(LedgerHistory.Entry entry) {
            return new Transaction(
                    new TransactionId(entry.id()),
                    entry.kind(),
                    entry.points(),
                    entry.balanceAfter(),
                    entry.occurredAt(),
                    entry.availableAt(),
                    entry.expiresAt(),
                    entry.rule(),
                    entry.programVersion(),
                    entry.purchaseId() == null ? null : TypeIds.format("pur", entry.purchaseId()),
                    entry.inputs());
        }
    }

    MemberExport export(TenantTx tx, Member member, MemberView view) {
        Map<String, List<Map<String, Object>>> things = new LinkedHashMap<>();
        belongings.forEach(kind -> things.put(kind.name(), kind.export(tx, member.id())));
        return new MemberExport(
                tx.now(),
                view,
                new ConsentDao(tx)
                        .of(member.id()).stream().map(MemberResource.ConsentView::of).toList(),
                LedgerHistory.of(tx, member.id().uuid(), null, ALL).stream()
                        .map(Transaction::of)
                        .toList(),
                things);
    }
}
