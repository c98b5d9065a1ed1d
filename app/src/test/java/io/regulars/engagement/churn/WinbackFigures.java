package io.regulars.engagement.churn;

import static java.util.Comparator.comparingDouble;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * The figures of {@code docs/winback.md}: what different rules would have said of CDNOW's buyers on
 * 30 September 1997, knowing what was known then, and who of them was not seen again in the 39
 * weeks after it.
 */
final class WinbackFigures {

    private static final int WEEKS = 39;
    private static final double[] THRESHOLDS = {0.3, 0.4, 0.5, 0.6, 0.7, 0.8};
    private static final int[] DAYS = {30, 60, 90, 120};
    private static final int MANY = 5;

    private final ChurnModel model;
    private final List<Buyer> buyers;

    /**
     * One buyer on that day.
     *
     * @param days of purchase in the 39 weeks to come
     */
    private record Buyer(Rhythm rhythm, double pAlive, double expected, long days) {

        boolean isLapsed() {
            return days == 0;
        }

        long silence() {
            return Math.round(7 * (rhythm.age() - rhythm.lastRepeat()));
        }
    }

    private record Kind(String name, int repeats, int everyDays) {}

    private WinbackFigures(ChurnModel model, List<Buyer> buyers) {
        this.model = model;
        this.buyers = buyers;
    }

    static WinbackFigures ofCdnow() {
        List<List<Instant>> purchases = List.copyOf(CdnowRhythms.everybody().values());
        ChurnModel model = ChurnModel.fit(purchases.stream().map(CdnowRhythms::atHalf).toList());
        List<Buyer> buyers = new ArrayList<>();
        for (List<Instant> one : purchases) {
            Rhythm rhythm = CdnowRhythms.atHalf(one);
            long days =
                    one.stream()
                            .map(moment -> LocalDate.ofInstant(moment, ZoneOffset.UTC))
                            .filter(day -> day.isAfter(CdnowRhythms.HALF))
                            .distinct()
                            .count();
            buyers.add(
                    new Buyer(
                            rhythm,
                            model.pAlive(rhythm),
                            model.expectedPurchases(rhythm, WEEKS),
                            days));
        }
        return new WinbackFigures(model, buyers);
    }

    String markdown() {
        Parameters p = model.parameters();
        return String.format(
                        Locale.ROOT,
                        "Fitted to %,d buyers: r %.3f, alpha %.3f weeks, a %.3f, b %.3f.\n\n",
                        buyers.size(),
                        p.r(),
                        p.alpha(),
                        p.a(),
                        p.b())
                + snapshot("All buyers", buyers)
                + snapshot("Buyers who had come back at least once", comeBack(1))
                + snapshot("Buyers who had come back at least five times", comeBack(MANY))
                + sameNumber()
                + forecast()
                + patience();
    }

    private String snapshot(String title, List<Buyer> of) {
        long lapsed = of.stream().filter(Buyer::isLapsed).count();
        StringBuilder table =
                new StringBuilder("### " + title + "\n\n")
                        .append(
                                String.format(
                                        Locale.ROOT,
                                        "%,d buyers, of whom %,d (%.1f %%) did not buy in the 39"
                                                + " weeks after.\n\n",
                                        of.size(),
                                        lapsed,
                                        100.0 * lapsed / of.size()))
                        .append(
                                "| rule | mails | lapsed buyers found | precision | recall |"
                                        + " mails to buyers who came anyway |\n")
                        .append("|---|--:|--:|--:|--:|--:|\n");
        for (int days : DAYS) {
            table.append(
                    row(
                            String.format(Locale.ROOT, "%d days of silence", days),
                            of,
                            one -> one.silence() >= days));
        }
        for (double threshold : THRESHOLDS) {
            table.append(
                    row(
                            String.format(Locale.ROOT, "P(alive) below %.1f", threshold),
                            of,
                            one -> one.pAlive() < threshold));
        }
        return table.append("\n").toString();
    }

    private static String row(String rule, List<Buyer> of, Predicate<Buyer> mailed) {
        long lapsed = of.stream().filter(Buyer::isLapsed).count();
        long mails = of.stream().filter(mailed).count();
        long found = of.stream().filter(mailed).filter(Buyer::isLapsed).count();
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %,d | %.1f %% | %.1f %% | %,d |\n",
                rule,
                mails,
                found,
                100.0 * found / mails,
                100.0 * found / lapsed,
                mails - found);
    }

    private String sameNumber() {
        StringBuilder table =
                new StringBuilder("### With the same number of mails\n\n")
                        .append(
                                "| as many mails as | mails | found by silence | found by lowest"
                                        + " P(alive) | found by fewest expected purchases |\n")
                        .append("|---|--:|--:|--:|--:|\n");
        for (int days : DAYS) {
            List<Buyer> silent = buyers.stream().filter(one -> one.silence() >= days).toList();
            table.append(
                    String.format(
                            Locale.ROOT,
                            "| %d days of silence | %,d | %,d | %,d | %,d |\n",
                            days,
                            silent.size(),
                            silent.stream().filter(Buyer::isLapsed).count(),
                            lapsedAmongLowest(silent.size(), Buyer::pAlive),
                            lapsedAmongLowest(silent.size(), Buyer::expected)));
        }
        return table.append("\n").toString();
    }

    /** Buyers of one score stay in the order of their numbers, which says nothing of them. */
    private long lapsedAmongLowest(int mails, ToDoubleFunction<Buyer> score) {
        return buyers.stream()
                .sorted(comparingDouble(score))
                .limit(mails)
                .filter(Buyer::isLapsed)
                .count();
    }

    private String forecast() {
        double expected = buyers.stream().mapToDouble(Buyer::expected).sum();
        long came = buyers.stream().mapToLong(Buyer::days).sum();
        return String.format(
                Locale.ROOT,
                "In the 39 weeks after, %,.0f days with a purchase were expected and %,d came"
                        + " (%+.0f %%).\n\n",
                expected,
                came,
                100.0 * (expected - came) / came);
    }

    private String patience() {
        StringBuilder table =
                new StringBuilder("### How long each kind of buyer may be silent\n\n")
                        .append(
                                "| buyer | below 0.7 after | below 0.6 after | below 0.5 after |"
                                        + " below 0.4 after | below 0.3 after |\n")
                        .append("|---|--:|--:|--:|--:|--:|\n");
        List<Kind> kinds =
                List.of(
                        new Kind("every week, half a year long", 26, 7),
                        new Kind("every two weeks, half a year long", 13, 14),
                        new Kind("every month, a year long", 12, 30),
                        new Kind("every three months, a year long", 4, 91),
                        new Kind("came twice, three months apart", 1, 91),
                        new Kind("came once", 0, 0));
        for (Kind kind : kinds) {
            table.append(
                    String.format(
                            Locale.ROOT,
                            "| %s | %d days | %d days | %d days | %d days | %d days |\n",
                            kind.name(),
                            daysUntil(0.7, kind),
                            daysUntil(0.6, kind),
                            daysUntil(0.5, kind),
                            daysUntil(0.4, kind),
                            daysUntil(0.3, kind)));
        }
        return table.toString();
    }

    private int daysUntil(double threshold, Kind kind) {
        double last = kind.repeats() * kind.everyDays() / 7.0;
        int silence = 0;
        while (silence < 10_000
                && model.pAlive(new Rhythm(kind.repeats(), last, last + silence / 7.0))
                        >= threshold) {
            silence++;
        }
        return silence;
    }

    private List<Buyer> comeBack(int times) {
        return buyers.stream().filter(one -> one.rhythm().repeats() >= times).toList();
    }
}
