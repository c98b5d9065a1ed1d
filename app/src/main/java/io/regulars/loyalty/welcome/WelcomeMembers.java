package io.regulars.loyalty.welcome;

import io.regulars.loyalty.awards.Awards;
import io.regulars.loyalty.awards.Happening;
import io.regulars.loyalty.ledger.Earning;
import io.regulars.loyalty.ledger.Ledger;
import io.regulars.loyalty.members.Joining;
import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.program.ExpiryRules;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.ProgramHistory;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.referrals.Referrals;
import io.regulars.loyalty.rewards.Vouchers;
import io.regulars.platform.db.TenantTx;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Welcomes new members, in the transaction that makes them. Those whom a file brings were members
 * before, elsewhere, and are not welcomed.
 */
public final class WelcomeMembers implements Joining {

    private static final String ENROLLED = "enrolled";
    private static final String WELCOME = "welcome";

    private final Programs programs;

    public WelcomeMembers(Programs programs) {
        this.programs = programs;
    }

    @Override
    public void joined(TenantTx tx, List<Joined> joined) {
        List<Joined> fresh = joined.stream().filter(one -> !one.isImported()).toList();
        if (fresh.isEmpty()) {
            return;
        }
        fresh.forEach(one -> Referrals.note(tx, one));
        ProgramHistory history = programs.history(tx);
        ProgramHistory.Version version = history.inForceAt(tx.now());
        List<MemberId> members = fresh.stream().map(Joined::member).map(Member::id).toList();
        if (givesPoints(version.program())) {
            givePoints(tx, history, version, members);
        }
        welcome(version.program())
                .map(Program.Welcome::reward)
                .flatMap(version.program()::reward)
                .ifPresent(reward ->
                        Vouchers.issue(tx, members, reward, null, Vouchers.WELCOME, null));
    }

    private static void givePoints(
            TenantTx tx,
            ProgramHistory history,
            ProgramHistory.Version version,
            List<MemberId> members) {
        List<UUID> ids = members.stream().map(MemberId::uuid).toList();
        Ledger ledger = Ledger.lock(tx, ids);
        Awards awards = Awards.open(tx, ledger, history, ids);
        long points = welcomePoints(version.program());
        for (UUID member : ids) {
            if (points > 0) {
                ledger.earn(earning(tx, version, member, points));
            }
            awards.give(member, Happening.of(ENROLLED, tx.now(), ENROLLED));
            awards.active(member);
        }
        awards.write();
        ledger.write();
    }

    private static Earning earning(
            TenantTx tx, ProgramHistory.Version version, UUID member, long points) {
        return new Earning(
                member,
                points,
                WELCOME,
                null,
                WELCOME,
                WELCOME,
                version.number(),
                Map.of("fixed", points),
                tx.now(),
                tx.now(),
                ExpiryRules.endOfLot(
                        version.program().expiryPolicy(), tx.now(), tx.tenant().zone()));
    }

    private static boolean givesPoints(Program program) {
        return welcomePoints(program) > 0
                || program.earning().stream().anyMatch(rule -> rule.on().equals(ENROLLED));
    }

    private static long welcomePoints(Program program) {
        return welcome(program)
                .map(Program.Welcome::points)
                .map(points -> Objects.requireNonNullElse(points, 0L))
                .orElse(0L);
    }

    private static Optional<Program.Welcome> welcome(Program program) {
        return Optional.ofNullable(program.welcome());
    }
}
