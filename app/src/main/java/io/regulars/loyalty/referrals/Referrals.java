package io.regulars.loyalty.referrals;

import io.regulars.events.Event;
import io.regulars.events.Outbox;
import io.regulars.loyalty.awards.Awards;
import io.regulars.loyalty.awards.Happening;
import io.regulars.loyalty.ledger.Earning;
import io.regulars.loyalty.ledger.Ledger;
import io.regulars.loyalty.ledger.Lot;
import io.regulars.loyalty.members.Joining.Joined;
import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.members.MemberKey;
import io.regulars.loyalty.program.ExpiryRules;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.ProgramHistory;
import io.regulars.loyalty.rewards.Vouchers;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings members who sent a friend to their points, within the caller's transaction and on a ledger
 * that the caller writes.
 */
public final class Referrals {

    private static final String RULE = "referral";

    private Referrals() {}

    /**
     * A purchase that may make a referral count.
     *
     * @param amount in minor units
     * @param at when it was made
     */
    public record Bought(UUID purchaseId, long amount, Instant at) {}

    /**
     * Who else earns when these members buy, and loses when that is refunded: their accounts are to
     * be locked together with the members' own.
     */
    public static List<UUID> partiesOf(TenantTx tx, Collection<UUID> members) {
        return members.isEmpty() ? List.of() : new ReferralDao(tx).referrers(members);
    }

    /**
     * Notes who sent a new member. What speaks against it is kept with it; the new member hears
     * nothing of that.
     */
    public static void note(TenantTx tx, Joined joined) {
        String code = joined.referralCode();
        if (code == null || code.isBlank()) {
            return;
        }
        Optional<Member> referrer = MemberDirectory.byReferralCode(tx, normalised(code));
        if (referrer.isEmpty()) {
            return;
        }
        Member friend = joined.member();
        ReferralRow row =
                new ReferralRow(
                        ReferralId.next(),
                        referrer.get().id().uuid(),
                        friend.id().uuid(),
                        ReferralRow.State.PENDING,
                        null,
                        null,
                        null,
                        tx.now());
        Optional<String> reason =
                SamePerson.reason(referrer.get(), friend).or(() -> wasThereBefore(tx, friend));
        new ReferralDao(tx).insert(reason.map(row::refused).orElse(row));
    }

    /** The code as it is kept, of whatever somebody typed. */
    private static String normalised(String code) {
        return code.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
    }

    /** Whether somebody with this mailbox or phone was a member before. */
    private static Optional<String> wasThereBefore(TenantTx tx, Member friend) {
        Stream<MemberKey> emails =
                SamePerson.spellings(friend.email()).stream()
                        .map(spelling -> new MemberKey(MemberKey.By.EMAIL, spelling));
        String phone = friend.phone();
        Stream<MemberKey> phones =
                phone == null
                        ? Stream.empty()
                        : Stream.of(new MemberKey(MemberKey.By.PHONE, phone));
        boolean isKnown =
                Stream.concat(emails, phones)
                        .flatMap(key -> MemberDirectory.search(tx, key).stream())
                        .anyMatch(other -> !other.id().equals(friend.id()));
        return isKnown ? Optional.of("member_existed") : Optional.empty();
    }

    /**
     * Pays for a friend whose first purchase of the least amount this is: the referrer and the
     * friend get what the program in force says, and what its rules on referrals give the referrer.
     * A referrer who has been forgotten gets nothing; what the friend was promised stays.
     *
     * @param ledger holds the accounts of the friend and of {@link #partiesOf} the friend
     * @param awards on the same ledger and members; the caller writes them
     * @return whether it counted now
     */
    public static boolean qualify(
            TenantTx tx,
            Ledger ledger,
            Awards awards,
            ProgramHistory.Version version,
            UUID friend,
            Bought bought) {
        ReferralDao dao = new ReferralDao(tx);
        Optional<ReferralRow> found =
                dao.lockOfFriend(friend).filter(r -> r.state() == ReferralRow.State.PENDING);
        Program.Referral terms = version.program().referral();
        boolean isLarge =
                terms == null || terms.minAmount() == null || bought.amount() >= terms.minAmount();
        if (found.isEmpty() || !isLarge || !ledger.has(found.get().referrer())) {
            return false;
        }
        ReferralRow referral = found.get();
        if (terms != null && isBeyondYear(tx, dao, referral, terms, bought.at())) {
            dao.update(referral.refused("yearly_limit"));
            return false;
        }
        // The account is locked, so nobody is just erasing the referrer.
        boolean isThere = MemberDirectory.find(tx, new MemberId(referral.referrer())).isPresent();
        if (terms != null) {
            payFriend(tx, ledger, version, referral, terms);
        }
        if (terms != null && isThere) {
            payReferrer(tx, ledger, version, referral, terms);
        }
        if (isThere) {
            awards.give(
                    referral.referrer(),
                    Happening.of(RULE, bought.at(), referral.ruleOccurrence()));
            awards.active(referral.referrer());
        }
        dao.update(referral.qualified(bought.purchaseId(), bought.at()));
        Outbox.append(
                tx,
                new Event.ReferralQualified(
                        referral.id().uuid(),
                        isThere ? referral.referrer() : null,
                        friend,
                        bought.purchaseId()));
        return true;
    }

    /**
     * Undoes what this purchase of the friend brought, when all of it was refunded: points by the
     * program's rule for points that are spent already, vouchers where nobody has used them.
     *
     * @param at when it was refunded
     * @return how many points the friend and the referrer lost by it
     */
    public static long reverse(
            TenantTx tx,
            Ledger ledger,
            ProgramHistory history,
            UUID friend,
            UUID purchaseId,
            Instant at) {
        ReferralDao dao = new ReferralDao(tx);
        Optional<ReferralRow> found =
                dao.lockOfFriend(friend)
                        .filter(r -> r.state() == ReferralRow.State.QUALIFIED)
                        .filter(r -> purchaseId.equals(r.purchaseId()));
        if (found.isEmpty()) {
            return 0;
        }
        ReferralRow referral = found.get();
        List<UUID> parties = Stream.of(referral.referrer(), friend).filter(ledger::has).toList();
        long points = 0;
        for (UUID party : parties) {
            points += callBack(tx, ledger, history, party, referral, at);
        }
        Vouchers.cancelUnused(
                tx,
                parties,
                Vouchers.REFERRAL,
                voucher -> referral.id().uuid().equals(voucher.originId()),
                Long.MAX_VALUE);
        dao.update(referral.reversed());
        Outbox.append(
                tx,
                new Event.ReferralReversed(
                        referral.id().uuid(), referral.referrer(), friend, purchaseId));
        return points;
    }

    private static long callBack(
            TenantTx tx,
            Ledger ledger,
            ProgramHistory history,
            UUID party,
            ReferralRow referral,
            Instant at) {
        Program.Refunds.SpentPoints policy = history.inForceAt(at).program().spentPoints();
        Map<String, Long> budgets = new HashMap<>();
        long points = 0;
        for (Lot lot : ledger.awardsOf(party, referral.occurrence())) {
            points += callBack(ledger, lot, policy, at);
        }
        for (Lot lot : ledger.awardsOf(party, referral.ruleOccurrence())) {
            budgets.merge(String.valueOf(lot.rule()), lot.reversed() - lot.points(), Long::sum);
            points += callBack(ledger, lot, policy, at);
        }
        Awards.giveBackBudgets(tx, history, budgets);
        return points;
    }

    private static long callBack(
            Ledger ledger, Lot lot, Program.Refunds.SpentPoints policy, Instant at) {
        long left = lot.points() - lot.reversed();
        return left == 0 ? 0 : ledger.reverse(lot, left, policy, Map.of(), at);
    }

    /** The accounts are locked, so nobody else is counting this referrer's friends. */
    private static boolean isBeyondYear(
            TenantTx tx,
            ReferralDao dao,
            ReferralRow referral,
            Program.Referral terms,
            Instant at) {
        if (terms.perYear() == null || terms.perYear() == 0) {
            return false;
        }
        ZoneId zone = tx.tenant().zone();
        LocalDate first = at.atZone(zone).toLocalDate().withDayOfYear(1);
        long counted =
                dao.countQualified(
                        referral.referrer(),
                        first.atStartOfDay(zone).toInstant(),
                        first.plusYears(1).atStartOfDay(zone).toInstant());
        return counted >= terms.perYear();
    }

    private static void payReferrer(
            TenantTx tx,
            Ledger ledger,
            ProgramHistory.Version version,
            ReferralRow referral,
            Program.Referral terms) {
        points(tx, ledger, version, referral, referral.referrer(), terms.referrerPoints());
        reward(tx, version, referral, referral.referrer(), terms.referrerReward());
    }

    private static void payFriend(
            TenantTx tx,
            Ledger ledger,
            ProgramHistory.Version version,
            ReferralRow referral,
            Program.Referral terms) {
        points(tx, ledger, version, referral, referral.friend(), terms.friendPoints());
        reward(tx, version, referral, referral.friend(), terms.friendReward());
    }

    private static void points(
            TenantTx tx,
            Ledger ledger,
            ProgramHistory.Version version,
            ReferralRow referral,
            UUID member,
            @Nullable Long points) {
        if (points == null || points == 0) {
            return;
        }
        ledger.earn(
                new Earning(
                        member,
                        points,
                        RULE,
                        null,
                        referral.occurrence(),
                        RULE,
                        version.number(),
                        Map.of("fixed", points),
                        tx.now(),
                        tx.now(),
                        ExpiryRules.endOfLot(
                                version.program().expiryPolicy(), tx.now(), tx.tenant().zone())));
    }

    private static void reward(
            TenantTx tx,
            ProgramHistory.Version version,
            ReferralRow referral,
            UUID member,
            @Nullable String reward) {
        Optional.ofNullable(reward)
                .flatMap(version.program()::reward)
                .ifPresent(given ->
                        Vouchers.issue(
                                tx,
                                List.of(new MemberId(member)),
                                given,
                                null,
                                Vouchers.REFERRAL,
                                referral.id().uuid()));
    }
}
