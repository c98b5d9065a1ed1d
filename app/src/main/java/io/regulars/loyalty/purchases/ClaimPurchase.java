package io.regulars.loyalty.purchases;

import io.regulars.events.Outbox;
import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.members.MemberKey;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.purchases.PurchaseViews.PurchaseView;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import java.util.List;
import java.util.Locale;

/** Gives a receipt without a member to the member who brings it later. */
final class ClaimPurchase {

    private final TenantDb tenants;
    private final Programs programs;
    private final PurchaseViews views;

    ClaimPurchase(TenantDb tenants, Programs programs, PurchaseViews views) {
        this.tenants = tenants;
        this.programs = programs;
        this.views = views;
    }

    /**
     * The purchase earns as it would have at its time; what has been refunded of it does not count,
     * and where nothing is left nothing is earned. Claimed again by the same member, it answers as
     * it is.
     *
     * @throws Problem 422 for an unknown code or member, 409 {@code already_claimed}
     */
    PurchaseView claim(TenantRef tenant, String code, MemberKey key) {
        return tenants.inTransaction(tenant, tx -> claim(tx, code, key));
    }

    private PurchaseView claim(TenantTx tx, String code, MemberKey key) {
        PurchaseDao dao = new PurchaseDao(tx);
        PurchaseId id =
                dao.byClaimCode(code.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT))
                        .map(PurchaseDao.Row::id)
                        .orElseThrow(() ->
                                Problem.invalid(
                                        "/claim_code",
                                        "unknown_claim_code",
                                        "No receipt has this code."));
        MemberId member = MemberDirectory.require(tx, key, "/member").id();
        EarnOnPurchase earning = EarnOnPurchase.open(tx, programs.history(tx), List.of(member));
        PurchaseDao.Row row = dao.lock(id).orElseThrow();
        if (row.memberId() != null && !row.memberId().equals(member)) {
            throw Problem.of(
                            ProblemType.ALREADY_CLAIMED,
                            "Another member has claimed this purchase.")
                    .at("/claim_code", "already_claimed");
        }
        if (row.memberId() == null) {
            PurchaseState before = dao.state(row);
            PurchaseState claimed =
                    new PurchaseState(
                            row.claimedBy(member, Effects.claimed(before)), before.lines());
            dao.update(claimed);
            if (!new RefundDao(tx).isAllRefunded(claimed)) {
                // Nothing would take it back: a purchase is refunded once.
                earning.earn(List.of(Fresh.claimed(claimed)));
                earning.ledger().write();
                Outbox.append(tx, earning.events());
            }
        }
        return views.of(tx, id);
    }
}
