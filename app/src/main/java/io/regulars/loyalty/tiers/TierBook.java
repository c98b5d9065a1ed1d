package io.regulars.loyalty.tiers;

import io.regulars.events.Event;
import io.regulars.loyalty.ledger.Account;
import io.regulars.loyalty.ledger.Ledger;
import io.regulars.loyalty.ledger.LedgerHistory;
import io.regulars.loyalty.program.ProgramHistory;
import io.regulars.loyalty.program.TierScheme;
import io.regulars.loyalty.program.TierScheme.Basis;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.time.LocalTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The tiers of some members while a transaction works on them. Opened before the transaction writes
 * a purchase or refund of theirs; what it then does it tells the book, which counts on in memory.
 * Costs no query where the program has no tiers, one where tiers count purchases, and two where
 * they count points.
 */
public final class TierBook {

    /** How long before its end a member is told that a tier will be lost. */
    public static final Duration WARNING = Duration.ofDays(30);

    private final TenantTx tx;
    private final ProgramHistory history;
    private final Optional<TierScheme> scheme;
    private final Map<UUID, Track> tracks;
    private final List<Event> events = new ArrayList<>();

    private TierBook(
            TenantTx tx,
            ProgramHistory history,
            Optional<TierScheme> scheme,
            Map<UUID, Track> tracks) {
        this.tx = tx;
        this.history = history;
        this.scheme = scheme;
        this.tracks = tracks;
    }

    /** For whatever adds to what tiers count, and for looking at them. */
    public static TierBook open(TenantTx tx, ProgramHistory history, Collection<UUID> members) {
        Optional<TierScheme> scheme = history.inForceAt(tx.now()).program().tierScheme();
        if (scheme.isEmpty() || members.isEmpty()) {
            return new TierBook(tx, history, scheme, Map.of());
        }
        Instant since = Course.horizon(scheme.get(), tx.tenant().zone(), tx.now());
        return new TierBook(
                tx, history, scheme, read(tx, members, Set.of(scheme.get().basis()), since));
    }

    /** For refunds, which ask what the whole history without them comes to; and for checks. */
    public static TierBook openForRefund(
            TenantTx tx, ProgramHistory history, Collection<UUID> members) {
        Optional<TierScheme> scheme = history.inForceAt(tx.now()).program().tierScheme();
        if (scheme.isEmpty() || members.isEmpty()) {
            return new TierBook(tx, history, scheme, Map.of());
        }
        Set<Basis> bases = new HashSet<>();
        history.versions()
                .forEach(version ->
                        version.program().tierScheme().ifPresent(s -> bases.add(s.basis())));
        return new TierBook(tx, history, scheme, read(tx, members, bases, null));
    }

    private static Map<UUID, Track> read(
            TenantTx tx, Collection<UUID> members, Set<Basis> bases, @Nullable Instant since) {
        boolean countsPurchases = bases.contains(Basis.SPEND) || bases.contains(Basis.PURCHASES);
        TierDao dao = new TierDao(tx);
        Map<UUID, Track> tracks =
                countsPurchases ? dao.purchases(members, since) : dao.members(members);
        if (bases.contains(Basis.POINTS)) {
            for (LedgerHistory.Earned earned : LedgerHistory.earned(tx, members, since)) {
                Track track = tracks.get(earned.member());
                if (track != null) {
                    track.add(earned.at(), new Counted(0, 0, earned.points()));
                }
            }
        }
        return tracks;
    }

    /** A purchase of this transaction, with the points that it earned. */
    public void purchased(UUID member, Instant at, long spend, long points) {
        count(member, at, new Counted(spend, 1, points));
    }

    /** Points of this transaction that no purchase earned: an activity, a birthday. */
    public void earned(UUID member, Instant at, long points) {
        count(member, at, new Counted(0, 0, points));
    }

    /**
     * What this transaction takes back of an earlier purchase.
     *
     * @param at when it was bought
     * @param points called back of what it earned
     * @param isWhole whether nothing is left of the purchase
     */
    public void refunded(UUID member, Instant at, long spend, long points, boolean isWhole) {
        Track track = tracks.get(member);
        if (track != null) {
            track.takeBack(at, new Counted(spend, isWhole ? 1 : 0, points));
        }
    }

    /**
     * Brings the account's tier in line with what was told, through the ledger. The events of it
     * wait in {@link #events()}.
     */
    public Optional<TierChange> settle(Ledger ledger, UUID member, Cause cause) {
        return ledger.has(member)
                ? settle(ledger, member, ledger.account(member), cause)
                : Optional.empty();
    }

    /**
     * The same where the account changed before it was opened here.
     *
     * @param before the account with the tier that the member knows of
     */
    public Optional<TierChange> settle(Ledger ledger, UUID member, Account before, Cause cause) {
        Track track = tracks.get(member);
        if (scheme.isEmpty() || track == null || !ledger.has(member)) {
            return Optional.empty();
        }
        Standing now = settled(scheme.get(), track, ledger.account(member), cause);
        if (cause == Cause.REFUND) {
            track.forgetRefunds();
        }
        become(ledger, member, track, now, cause);
        return tell(before, now, cause);
    }

    /**
     * Takes the tier back to what this history and the account before come to: what raised it in
     * between was another member's and has gone.
     */
    public void giveUp(Ledger ledger, UUID member, Account before) {
        Track track = tracks.get(member);
        if (scheme.isEmpty() || track == null) {
            return;
        }
        Standing held = held(scheme.get(), ledger.account(member));
        Standing own = settled(scheme.get(), track, before, Cause.TIME);
        Account known = ledger.account(member);
        Standing now = own.isBelow(held) ? own : held;
        become(ledger, member, track, now, Cause.REFUND);
        tell(known, now, Cause.REFUND);
    }

    private void become(Ledger ledger, UUID member, Track track, Standing now, Cause cause) {
        Account account = ledger.account(member);
        Standing held = held(scheme.orElseThrow(), account);
        if (cause != Cause.TIME) {
            review(ledger, member, track, now);
        }
        boolean isKnown = account.tier() == null || account.tier().equals(key(held.rank()));
        if (!now.equals(held) || !isKnown) {
            ledger.tier(
                    member, now.rank() == 0 ? null : key(now.rank()), now.since(), now.endsAt());
        }
        if (!Objects.equals(now.endsAt(), held.endsAt())) {
            warn(track, member, now, tx.now().plus(WARNING));
        }
    }

    private Optional<TierChange> tell(Account before, Standing now, Cause cause) {
        // The program may have lost that tier meanwhile; the member knows it by its key.
        String from = Objects.requireNonNullElse(before.tier(), key(0));
        String to = key(now.rank());
        if (from.equals(to)) {
            return Optional.empty();
        }
        TierChange change = new TierChange(before.memberId(), from, to, cause);
        events.add(new Event.TierChanged(before.memberId(), from, to, cause.key()));
        return Optional.of(change);
    }

    /**
     * Tells a member whose tier ends between these moments, should nothing more be bought. In the
     * rolling window it ends on the day when too much has left the window.
     */
    public void warn(Ledger ledger, UUID member, Instant after, Instant until) {
        Track track = tracks.get(member);
        if (scheme.isEmpty() || track == null) {
            return;
        }
        Standing held = held(scheme.get(), ledger.account(member));
        Instant end = course(scheme.get(), track).end(held, facts(track), tx.now());
        if (end != null && end.isAfter(after)) {
            warn(track, member, held, until);
        }
    }

    /** Notes on the account when the night is to look at it again. */
    public void review(Ledger ledger, UUID member) {
        Track track = tracks.get(member);
        if (scheme.isPresent() && track != null) {
            review(ledger, member, track, held(scheme.get(), ledger.account(member)));
        }
    }

    private void review(Ledger ledger, UUID member, Track track, Standing held) {
        Instant at = reviewAt(track, held);
        if (!Objects.equals(at, ledger.account(member).tierReviewAt())) {
            ledger.tierReview(member, at);
        }
    }

    private @Nullable Instant reviewAt(Track track, Standing held) {
        return course(scheme.orElseThrow(), track).review(held, facts(track), tx.now());
    }

    /** What happened to tiers, to be appended to the outbox with what else happened. */
    public List<Event> events() {
        List<Event> happened = List.copyOf(events);
        events.clear();
        return happened;
    }

    /** The tier as members see it; null where the program has none. */
    public @Nullable TierView view(Account account) {
        Track track = tracks.get(account.memberId());
        return scheme.isEmpty() || track == null
                ? null
                : new Viewing(scheme.get(), course(scheme.get(), track), tx.now())
                        .of(held(scheme.get(), account), facts(track), track.joinedAt());
    }

    /** What is wrong with the account's tier: that the night's judgement would leave another. */
    Optional<String> difference(Account account) {
        Track track = tracks.get(account.memberId());
        if (scheme.isEmpty() || track == null) {
            return Optional.empty();
        }
        Standing held = held(scheme.get(), account);
        Standing right =
                onlyHistoryDecides()
                        ? course(scheme.get(), track).replay(facts(track), tx.now())
                        : settled(scheme.get(), track, account, Cause.TIME);
        if (!right.holdsAs(held)) {
            return Optional.of(
                    "holds " + described(held) + ", the policy says " + described(right));
        }
        Instant due = reviewAt(track, held);
        Instant noted = account.tierReviewAt();
        return due == null || (noted != null && !noted.isAfter(due))
                ? Optional.empty()
                : Optional.of("is due at " + due + ", the nights are told " + noted);
    }

    /**
     * Whether no tier can be held for another reason than what was bought: no other scheme promised
     * one, and no joining date was moved from under a membership year.
     */
    private boolean onlyHistoryDecides() {
        return scheme.filter(s -> s.window() != TierScheme.Window.MEMBERSHIP_YEAR).isPresent()
                && history.versions().stream()
                                .flatMap(v -> v.program().tierScheme().stream())
                                .distinct()
                                .count()
                        == 1;
    }

    private String described(Standing standing) {
        return key(standing.rank())
                + (standing.endsAt() == null ? "" : " until " + standing.endsAt());
    }

    private void count(UUID member, Instant at, Counted what) {
        Track track = tracks.get(member);
        if (track != null) {
            track.add(at, what);
        }
    }

    private Standing settled(TierScheme present, Track track, Account account, Cause cause) {
        Course course = course(present, track);
        Standing held = held(present, account);
        if (cause != Cause.REFUND) {
            return TierPolicy.settled(course, held, facts(track), tx.now(), cause);
        }
        Standing before = course.replay(track.factsBefore(present.basis()), tx.now());
        Standing after = course.replay(track.facts(present.basis()), tx.now());
        Optional<TierScheme> earlier = schemeOf(held).filter(s -> !s.equals(present));
        if (earlier.isPresent()) {
            // The tier may have been reached under a version with other thresholds.
            before = before.orBetter(translated(earlier.get(), track, true));
            after = after.orBetter(translated(earlier.get(), track, false));
        }
        return TierPolicy.afterRefund(held, before, after);
    }

    private Optional<TierScheme> schemeOf(Standing held) {
        return Optional.ofNullable(held.since())
                .filter(since -> held.rank() > 0)
                .flatMap(since -> history.inForceAt(since).program().tierScheme());
    }

    /** What history comes to under an earlier scheme, in the present one's ranks. */
    private Standing translated(TierScheme earlier, Track track, boolean before) {
        Standing standing =
                course(earlier, track)
                        .replay(
                                before
                                        ? track.factsBefore(earlier.basis())
                                        : track.facts(earlier.basis()),
                                tx.now());
        String key = earlier.levels().get(standing.rank()).key();
        return new Standing(scheme.orElseThrow().rank(key), standing.since(), standing.endsAt());
    }

    private void warn(Track track, UUID member, Standing held, Instant until) {
        Course course = course(scheme.orElseThrow(), track);
        List<Fact> facts = facts(track);
        Instant end = course.end(held, facts, tx.now());
        if (end == null || end.isAfter(until) || !end.isAfter(tx.now())) {
            return;
        }
        Standing then = course.pass(held, facts, end);
        if (then.rank() < held.rank()) {
            events.add(new Event.TierWillDrop(member, key(held.rank()), key(then.rank()), end));
        }
    }

    private List<Fact> facts(Track track) {
        return track.facts(scheme.orElseThrow().basis());
    }

    private Course course(TierScheme of, Track track) {
        return Course.of(
                of, LocalTimes.day(track.joinedAt(), tx.tenant().zone()), tx.tenant().zone());
    }

    private String key(int rank) {
        return scheme.orElseThrow().levels().get(rank).key();
    }

    private static Standing held(TierScheme scheme, Account account) {
        int rank = scheme.rank(account.tier());
        // Whoever held a tier that is no more was not in the first one since then.
        boolean isKnown = rank > 0 || account.tier() == null;
        return new Standing(rank, isKnown ? account.tierSince() : null, account.tierEndsAt());
    }
}
