package io.regulars.loyalty.nightly;

import io.regulars.loyalty.ledger.Reconciliation;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.tiers.Tiers;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TypeIds;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Whether what is kept of one shop's members agrees with itself. Changes nothing. */
public final class CheckShop {

    private static final int BATCH = 500;

    private final TenantDb tenants;
    private final Programs programs;

    public CheckShop(TenantDb tenants, Programs programs) {
        this.tenants = tenants;
        this.programs = programs;
    }

    /** Something that is not as it must be. */
    public record Finding(UUID member, String kind, String detail) {

        /** In one line, with no personal data in it. */
        public String line(TenantRef side) {
            return side.id()
                    + " "
                    + side.side().key()
                    + " "
                    + TypeIds.format("mem", member)
                    + " "
                    + kind
                    + ": "
                    + detail;
        }
    }

    /** Points first, then purchases, then tiers; each in the order of the members' ids. */
    public List<Finding> findings(TenantRef side) {
        List<Finding> findings = new ArrayList<>();
        tenants.run(
                side,
                tx -> {
                    Reconciliation.differences(tx)
                            .forEach(d ->
                                    findings.add(new Finding(d.memberId(), d.kind(), d.detail())));
                    Tiers.refundDifferences(tx)
                            .forEach(d ->
                                    findings.add(new Finding(d.member(), "refund", d.detail())));
                });
        tiers(side, findings);
        return findings;
    }

    /** Members whose tier is not what the next night would leave, unless that night is due. */
    private void tiers(TenantRef side, List<Finding> findings) {
        List<UUID> cursor = new ArrayList<>();
        boolean more = true;
        while (more) {
            more =
                    tenants.inTransaction(
                            side,
                            tx -> {
                                Progress progress = Progress.of(tx);
                                boolean isBehind =
                                        progress.night() != null
                                                || Nights.next(tx, programs.history(tx), progress)
                                                        .filter(at -> !at.isAfter(tx.now()))
                                                        .isPresent()
                                                || progress.version()
                                                        != programs.inForce(tx).number();
                                UUID after = cursor.isEmpty() ? null : cursor.getLast();
                                Tiers.Checked checked =
                                        isBehind
                                                ? Tiers.Checked.NOTHING
                                                : Tiers.check(
                                                        tx, programs.history(tx), after, BATCH);
                                checked.differences()
                                        .forEach(d ->
                                                findings.add(
                                                        new Finding(
                                                                d.member(), "tier", d.detail())));
                                if (checked.last() != null) {
                                    cursor.add(checked.last());
                                }
                                return checked.last() != null;
                            });
        }
    }
}
