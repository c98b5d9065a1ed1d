package io.regulars.loyalty.adjustments;

import io.regulars.events.Audit;
import io.regulars.events.Event;
import io.regulars.events.Outbox;
import io.regulars.loyalty.ledger.Account;
import io.regulars.loyalty.ledger.Balances;
import io.regulars.loyalty.ledger.Earning;
import io.regulars.loyalty.ledger.EntryKind;
import io.regulars.loyalty.ledger.Inactivity;
import io.regulars.loyalty.ledger.Ledger;
import io.regulars.loyalty.ledger.LedgerHistory;
import io.regulars.loyalty.ledger.Movement;
import io.regulars.loyalty.ledger.PointsView;
import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.loyalty.program.ExpiryRules;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.ProgramHistory;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.FieldError;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.tenancy.access.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Gives or takes points by hand, with a reason. */
public final class AdjustPoints {

    /** Beyond it JavaScript counts in twos. */
    static final long MOST_POINTS = (1L << 53) - 1;

    private static final int LONGEST_REASON = 500;

    private final TenantDb tenants;
    private final Programs programs;

    public AdjustPoints(TenantDb tenants, Programs programs) {
        this.tenants = tenants;
        this.programs = programs;
    }

    /** What was booked, and what the member has by it. */
    record Adjusted(Member member, LedgerHistory.Entry entry, PointsView points) {}

    /**
     * @param allowDebt whether the member may owe what is taken beyond what there is
     * @throws Problem 422 {@code not_enough_points}
     */
    Adjusted adjust(
            Caller caller, String memberInPath, long points, String reason, boolean allowDebt) {
        check(points, reason);
        return tenants.inTransaction(
                caller.tenant(),
                tx -> {
                    Member member = MemberDirectory.requireInPath(tx, memberInPath);
                    UUID id = member.id().uuid();
                    Ledger ledger = Ledger.lock(tx, List.of(id));
                    ProgramHistory.Version version = programs.inForce(tx);
                    Map<String, Object> inputs =
                            Map.of("reason", reason, "by", caller.actor().id());
                    if (points > 0) {
                        give(tx, ledger, id, points, version, inputs);
                    } else {
                        take(ledger, id, -points, version.number(), inputs, allowDebt);
                    }
                    ledger.write();
                    Outbox.append(tx, new Event.PointsAdjusted(id, points));
                    Audit.note(
                            tx,
                            "points.adjusted",
                            member.id().toString(),
                            null,
                            Map.of("points", points));
                    return new Adjusted(
                            member,
                            LedgerHistory.of(tx, id, null, 1).getFirst(),
                            Balances.of(tx, id));
                });
    }

    private static void check(long points, String reason) {
        List<FieldError> errors = new ArrayList<>();
        if (points == 0 || points > MOST_POINTS || points < -MOST_POINTS) {
            errors.add(
                    new FieldError(
                            "/points",
                            "out_of_range",
                            "Must be a whole number other than 0, at most " + MOST_POINTS + "."));
        }
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            errors.add(
                    new FieldError(
                            "/reason",
                            "invalid_text",
                            "Say why, in 1 to " + LONGEST_REASON + " characters."));
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    /** Points from a hand end like others, and keep the member's other points alive like others. */
    private static void give(
            TenantTx tx,
            Ledger ledger,
            UUID member,
            long points,
            ProgramHistory.Version version,
            Map<String, Object> inputs) {
        Program.Expiry expiry = version.program().expiryPolicy();
        new Inactivity(tx, ledger, expiry).isOver(member);
        ledger.book(
                new Earning(
                        member,
                        points,
                        "adjustment",
                        null,
                        null,
                        null,
                        version.number(),
                        inputs,
                        tx.now(),
                        tx.now(),
                        ExpiryRules.endOfLot(expiry, tx.now(), tx.tenant().zone())),
                EntryKind.ADJUST);
    }

    private static void take(
            Ledger ledger,
            UUID member,
            long points,
            int version,
            Map<String, Object> inputs,
            boolean allowDebt) {
        Movement movement = new Movement(member, points, null, null, version, inputs);
        if (!ledger.takeAway(movement, allowDebt)) {
            Account has = ledger.account(member);
            long available = has.balance() + has.debt();
            throw Problem.of(
                            ProblemType.NOT_ENOUGH_POINTS,
                            "The member has " + available + " points; allow_negative makes a debt.")
                    .with("required", points)
                    .with("available", available)
                    .with("missing", points - available);
        }
    }
}
