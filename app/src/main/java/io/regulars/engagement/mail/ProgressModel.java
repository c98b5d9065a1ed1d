package io.regulars.engagement.mail;

import io.regulars.loyalty.ledger.PointsView;
import io.regulars.loyalty.rewards.Wallet;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the monthly mail shows besides the balance: the way to the next goals, and what ends.
 *
 * @param rewards what the member's points can buy, now or one day, the cheapest first
 */
record ProgressModel(
        Wording words, PointsView points, List<Wallet.Reachable> rewards, Instant now) {

    private static final int MOST = 3;

    /** Points that end later are no reason for a hurry; the usual warning of 60 days is within. */
    private static final Duration SOON = Duration.ofDays(62);

    private static final int WHOLE = 100;

    /** Parts of which there is nothing to say are left out. */
    Map<String, Object> model() {
        Map<String, Object> model = new LinkedHashMap<>();
        rewards.stream()
                .filter(one -> one.missing() > 0)
                .findFirst()
                .ifPresent(next -> model.put("next_reward", onTheWay(next)));
        List<Map<String, String>> within =
                rewards.reversed().stream()
                        .filter(one -> one.missing() == 0)
                        .limit(MOST)
                        .map(one -> Map.of("name", name(one), "cost", words.points(one.cost())))
                        .toList();
        if (!within.isEmpty()) {
            model.put("rewards", within);
        }
        List<Map<String, String>> expiring = expiring();
        if (!expiring.isEmpty()) {
            model.put("expiring", expiring);
        }
        return model;
    }

    /** What ends soon, the first end first. */
    private List<Map<String, String>> expiring() {
        return points.expiring().stream()
                .filter(part -> part.at().isAfter(now) && part.at().isBefore(now.plus(SOON)))
                .limit(MOST)
                .map(words::ending)
                .toList();
    }

    private Map<String, Object> onTheWay(Wallet.Reachable next) {
        return Map.of(
                "name", name(next),
                "missing", words.points(next.missing()),
                "percent", percent(points.available(), next.cost()));
    }

    /** Never quite there before it is there. */
    static int percent(long value, long goal) {
        return (int) Math.max(0, Math.min(WHOLE - 1L, value * WHOLE / Math.max(1, goal)));
    }

    private String name(Wallet.Reachable one) {
        return one.reward().name().in(words.locale());
    }
}
