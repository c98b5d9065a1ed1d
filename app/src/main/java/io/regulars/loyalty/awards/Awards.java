package io.regulars.loyalty.awards;

import io.regulars.loyalty.ledger.Account;
import io.regulars.loyalty.ledger.Earning;
import io.regulars.loyalty.ledger.Inactivity;
import io.regulars.loyalty.ledger.Ledger;
import io.regulars.loyalty.program.EarningRules;
import io.regulars.loyalty.program.ExpiryRules;
import io.regulars.loyalty.program.Occasion;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.ProgramHistory;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Gives points for what happened, one thing after the other, each on what the one before left. The
 * ledger is written by the caller; {@link #write} writes the budgets.
 */
public final class Awards {

    private final TenantTx tx;
    private final Ledger ledger;
    private final ProgramHistory history;
    private final Limits limits;
    private final ZoneId zone;

    private Awards(TenantTx tx, Ledger ledger, ProgramHistory history, Limits limits) {
        this.tx = tx;
        this.ledger = ledger;
        this.history = history;
        this.limits = limits;
        this.zone = tx.tenant().zone();
    }

    /**
     * @param members whose accounts the ledger has locked
     */
    public static Awards open(
            TenantTx tx, Ledger ledger, ProgramHistory history, Collection<UUID> members) {
        return new Awards(tx, ledger, history, Limits.load(tx, history, members));
    }

    /**
     * Gives what this earns under the version in force when it happened.
     *
     * @return the awards, the remainders, and what was added to them
     */
    public EarningRules.Outcome give(UUID member, Happening happening) {
        ProgramHistory.Version version = history.inForceAt(happening.at());
        Account account = ledger.account(member);
        EarningRules.Outcome outcome =
                EarningRules.evaluate(
                        version.program(),
                        new Occasion(
                                happening.on(),
                                happening.at().atZone(zone),
                                happening.amount(),
                                happening.items(),
                                happening.location(),
                                tier(account),
                                happening.isFirstPurchase(),
                                account.carry(),
                                limits.used(member, happening.at().atZone(zone).toLocalDate())));
        for (EarningRules.Award award : outcome.awards()) {
            limits.count(
                    member,
                    award.rule(),
                    happening.at().atZone(zone).toLocalDate(),
                    award.points());
            ledger.earn(earning(member, happening, version, award));
        }
        new Inactivity(tx, ledger, expiry()).sparePending(member);
        ledger.carry(member, outcome.carry());
        return outcome;
    }

    /** The member did something: points that end by inactivity live on. */
    public void active(UUID member) {
        new Inactivity(tx, ledger, expiry()).isOver(member);
    }

    /** Sends the budgets to the database. */
    public void write() {
        limits.write(tx);
    }

    /**
     * Points that were called back are there again for others.
     *
     * @param points by rule, below zero
     */
    public static void giveBackBudgets(
            TenantTx tx, ProgramHistory history, Map<String, Long> points) {
        Map<String, Long> budgeted = new HashMap<>(points);
        budgeted.keySet().retainAll(Limits.budgeted(history));
        Limits.addToBudgets(tx, budgeted);
    }

    private Earning earning(
            UUID member,
            Happening happening,
            ProgramHistory.Version version,
            EarningRules.Award award) {
        Instant availableAt = availableAt(happening.at(), award.pendingDays());
        Instant usableFrom = availableAt.isAfter(tx.now()) ? availableAt : tx.now();
        return new Earning(
                member,
                award.points(),
                happening.source(),
                happening.purchaseId(),
                happening.occurrence(),
                award.rule(),
                version.number(),
                award.inputs(),
                happening.at(),
                availableAt,
                ExpiryRules.endOfLot(expiry(), usableFrom, zone));
    }

    /** Expiry follows the program of today, whatever version the award was earned under. */
    private Program.Expiry expiry() {
        return history.inForceAt(tx.now()).program().expiryPolicy();
    }

    /** Pending points become available at the midnight that begins their day. */
    private Instant availableAt(Instant at, int pendingDays) {
        Instant from = at.isBefore(tx.now()) ? at : tx.now();
        return pendingDays == 0
                ? from
                : from.atZone(zone)
                        .toLocalDate()
                        .plusDays(pendingDays)
                        .atStartOfDay(zone)
                        .toInstant();
    }

    private String tier(Account account) {
        return Optional.ofNullable(account.tier())
                .or(() ->
                        history.inForceAt(tx.now())
                                .program()
                                .tierScheme()
                                .map(scheme -> scheme.levels().getFirst().key()))
                .orElse("");
    }
}
