package io.regulars.loyalty.nightly;

import io.regulars.loyalty.ledger.Accounts;
import io.regulars.loyalty.program.ProgramHistory;
import io.regulars.loyalty.program.TierScheme;
import io.regulars.loyalty.tiers.TierBook;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.time.LocalTimes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The next night with something to do. A midnight that a change to summer time skips comes with the
 * day's first moment; of one that comes twice, the first counts.
 */
final class Nights {

    /** Before any shop's first night; far enough from the edge of time to reckon with. */
    static final Instant LONG_AGO = Instant.EPOCH;

    private Nights() {}

    /**
     * The midnight of the next night that has something to do, which may have come already; empty
     * when nothing is in sight. Each midnight comes once.
     */
    static Optional<Instant> next(TenantTx tx, ProgramHistory history, Progress progress) {
        ZoneId zone = tx.tenant().zone();
        Instant done = progress.doneOr(LONG_AGO);
        Accounts.Due due = Accounts.due(tx, done, done.plus(TierBook.WARNING));
        if (!due.any()) {
            return Optional.empty();
        }
        ProgramHistory.Version inForce = history.inForceAt(tx.now());
        List<Instant> moments = new ArrayList<>();
        Stream.of(due.available(), due.expires()).forEach(m -> add(moments, m));
        Optional<TierScheme> tiers = inForce.program().tierScheme();
        if (tiers.isPresent()) {
            add(moments, due.tierEnds());
            if (due.tierWarning() != null) {
                add(moments, due.tierWarning().minus(TierBook.WARNING));
            }
            if (isRolling(tiers.get())) {
                add(moments, due.tierReview());
            }
        }
        if (inForce.number() != progress.version()) {
            add(moments, inForce.effectiveAt());
        }
        history.versions().stream()
                .map(ProgramHistory.Version::effectiveAt)
                .filter(at -> at.isAfter(tx.now()))
                .forEach(at -> add(moments, at));
        return moments.stream()
                .min(Comparator.naturalOrder())
                .map(moment -> midnightFrom(moment, zone))
                .map(midnight ->
                        midnight.isAfter(done) ? midnight : midnightFrom(done.plusNanos(1), zone));
    }

    static boolean isRolling(TierScheme scheme) {
        return scheme.window() == TierScheme.Window.ROLLING_12_MONTHS;
    }

    /** The first midnight at or after this moment. */
    private static Instant midnightFrom(Instant moment, ZoneId zone) {
        Instant today = lastMidnight(moment, zone);
        if (!today.isBefore(moment)) {
            return today;
        }
        LocalDate tomorrow = LocalTimes.day(moment, zone).plusDays(1);
        return tomorrow.atStartOfDay(zone).toInstant();
    }

    /** The midnight that began the day of this moment. */
    static Instant lastMidnight(Instant moment, ZoneId zone) {
        return LocalTimes.day(moment, zone).atStartOfDay(zone).toInstant();
    }

    private static void add(List<Instant> moments, @Nullable Instant moment) {
        if (moment != null) {
            moments.add(moment);
        }
    }
}
