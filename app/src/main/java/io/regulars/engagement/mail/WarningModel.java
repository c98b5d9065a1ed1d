package io.regulars.engagement.mail;

import io.regulars.loyalty.ledger.PointsView;
import io.regulars.loyalty.ledger.PointsView.Expiring;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.time.LocalTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a warning says: which points end by the day that it is about, and whether that is all. */
record WarningModel(Wording words, PointsView points, TenantTx tx) {

    private static final int MOST = 3;

    /** What a mail shows that is only tried out, for somebody who has nothing to lose. */
    private static final long EXAMPLE = 100;

    private static final Duration EXAMPLE_ENDS = Duration.ofDays(30);

    /**
     * @param occurrence the day on which they are gone and how long before, such as {@code
     *     2027-07-10/30}; something else where the mail is only tried out
     */
    void add(String occurrence, Map<String, Object> model) {
        Optional<Instant> until = until(occurrence);
        List<Expiring> ending =
                points.expiring().stream()
                        .filter(part -> part.at().isAfter(tx.now()))
                        .filter(part -> part.at().isBefore(until.orElse(Instant.MAX)))
                        .toList();
        boolean all =
                ending.stream().mapToLong(Expiring::points).sum()
                        >= points.available() + points.pending();
        if (ending.isEmpty() && until.isEmpty()) {
            ending = List.of(new Expiring(EXAMPLE, tx.now().plus(EXAMPLE_ENDS)));
        }
        model.put("expiring", shown(ending).stream().map(words::ending).toList());
        model.put("unit", words.unit());
        if (all) {
            model.put("all", true);
        }
    }

    /** The first ends, and always the one that the mail is about, which is the last. */
    private static List<Expiring> shown(List<Expiring> ending) {
        int first = Math.min(MOST - 1, ending.size());
        return Stream.concat(
                        ending.stream().limit(first),
                        ending.stream().skip(Math.max(first, ending.size() - 1L)))
                .toList();
    }

    /** The shop's midnight after the day on which the points are gone: they end on it. */
    private Optional<Instant> until(String occurrence) {
        int slash = occurrence.indexOf('/');
        return slash < 0
                ? Optional.empty()
                : Optional.of(
                        LocalTimes.at(
                                LocalDate.parse(occurrence.substring(0, slash)).plusDays(1),
                                LocalTime.MIDNIGHT,
                                tx.tenant().zone()));
    }
}
