package io.regulars.loyalty.adjustments;

import io.regulars.loyalty.ledger.Earning;
import io.regulars.loyalty.ledger.EntryKind;
import io.regulars.loyalty.ledger.Ledger;
import io.regulars.loyalty.ledger.LedgerHistory;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.program.ExpiryRules;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.ProgramHistory;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Books points that members bring along from the program before this one, each as a lot with its
 * own end, within the caller's transaction. The same balance again changes nothing, whichever file
 * it comes in.
 */
public final class OpeningBalances {

    /** What stands in the place of a rule in the ledger. */
    public static final String RULE = "opening_balance";

    private final Programs programs;

    public OpeningBalances(Programs programs) {
        this.programs = programs;
    }

    /**
     * Points that a member had.
     *
     * @param earnedAt null for now
     * @param expiresAt exclusive; null for what the program says
     */
    public record Opening(
            MemberId member,
            long points,
            @Nullable Instant earnedAt,
            @Nullable Instant expiresAt,
            @Nullable String reason) {

        /** Of two that say the same of a member the second one is a repeat. */
        String occurrence() {
            return "opening:"
                    + (earnedAt == null ? "" : earnedAt)
                    + ":"
                    + points
                    + ":"
                    + (expiresAt == null ? "" : expiresAt)
                    + ":"
                    + (reason == null ? "" : reason);
        }
    }

    /** What became of one. */
    public enum Outcome {
        BOOKED,
        REPEATED,
        /** Its end has passed, and the program lets points end when they like. */
        ENDED
    }

    /**
     * @param broughtBy the import, for the explanation
     * @return what became of each, in their order
     */
    public List<Outcome> book(TenantTx tx, List<Opening> openings, String broughtBy) {
        List<UUID> members =
                openings.stream().map(opening -> opening.member().uuid()).distinct().toList();
        Ledger ledger = Ledger.lock(tx, members);
        Map<UUID, Set<String>> known = new HashMap<>(LedgerHistory.occurrences(tx, members, RULE));
        ProgramHistory.Version version = programs.inForce(tx);
        List<Outcome> outcomes = new ArrayList<>();
        for (Opening opening : openings) {
            UUID member = opening.member().uuid();
            Set<String> there = known.computeIfAbsent(member, id -> new HashSet<>());
            if (there.contains(opening.occurrence())) {
                outcomes.add(Outcome.REPEATED);
            } else if (isOver(tx, opening, version.program().expiryPolicy())) {
                outcomes.add(Outcome.ENDED);
            } else {
                there.add(opening.occurrence());
                book(tx, ledger, opening, version, broughtBy);
                outcomes.add(Outcome.BOOKED);
            }
        }
        ledger.write();
        return outcomes;
    }

    private static void book(
            TenantTx tx,
            Ledger ledger,
            Opening opening,
            ProgramHistory.Version version,
            String broughtBy) {
        ZoneId zone = tx.tenant().zone();
        Program.Expiry expiry = version.program().expiryPolicy();
        UUID member = opening.member().uuid();
        if (opening.expiresAt() == null) {
            Instant end = ExpiryRules.endOfAccount(expiry, tx.now(), zone);
            if (end != null) {
                ledger.active(member, later(end, ledger.account(member).expiresAt()));
            }
        }
        Instant earnedAt = Objects.requireNonNullElse(opening.earnedAt(), tx.now());
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("import", broughtBy);
        Optional.ofNullable(opening.reason()).ifPresent(reason -> inputs.put("reason", reason));
        if (opening.expiresAt() != null) {
            inputs.put(Earning.OWN_END, true);
        }
        ledger.book(
                new Earning(
                        member,
                        opening.points(),
                        "opening",
                        null,
                        opening.occurrence(),
                        RULE,
                        version.number(),
                        inputs,
                        earnedAt,
                        earnedAt,
                        end(tx, opening, expiry)),
                EntryKind.OPENING);
    }

    private static boolean isOver(TenantTx tx, Opening opening, Program.Expiry expiry) {
        Instant end = end(tx, opening, expiry);
        return end != null && !end.isAfter(tx.now());
    }

    /** Whoever moves house with us loses nothing before one full period has passed. */
    private static @Nullable Instant end(TenantTx tx, Opening opening, Program.Expiry expiry) {
        ZoneId zone = tx.tenant().zone();
        Instant fixed = ExpiryRules.endOfLot(expiry, tx.now(), zone);
        Instant own = opening.expiresAt();
        if (own == null) {
            return fixed;
        }
        Instant earliest = fixed == null ? ExpiryRules.endOfAccount(expiry, tx.now(), zone) : fixed;
        return earliest == null ? own : later(own, earliest);
    }

    private static Instant later(Instant one, @Nullable Instant other) {
        return other == null || one.isAfter(other) ? one : other;
    }
}
