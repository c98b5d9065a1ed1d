package io.regulars.engagement.mail;

import io.regulars.loyalty.ledger.PointsView;
import io.regulars.loyalty.program.Reward;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What the monthly mail shows besides the balance: the way to the next goals, and what ends. */
record ProgressModel(Wording words, PointsView points, Instant now) {

    private static final int MOST = 3;

    /** Points that end later are no reason for a hurry; the usual warning of 60 days is within. */
    private static final Duration SOON = Duration.ofDays(62);

    private static final int WHOLE = 100;

    /** Parts of which there is nothing to say are left out. */
    Map<String, Object> model() {
        Map<String, Object> model = new LinkedHashMap<>();
        nextReward().ifPresent(reward -> model.put("next_reward", onTheWay(reward)));
        List<Map<String, String>> within =
                redeemable()
                        .filter(reward -> cost(reward) <= points.available())
                        .sorted(Comparator.comparingLong(ProgressModel::cost).reversed())
                        .limit(MOST)
                        .map(reward ->
                                Map.of("name", name(reward), "cost", words.points(cost(reward))))
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
    List<Map<String, String>> expiring() {
        return points.expiring().stream()
                .filter(part -> part.at().isAfter(now) && part.at().isBefore(now.plus(SOON)))
                .limit(MOST)
                .map(part ->
                        Map.of(
                                "points",
                                words.points(part.points()),
                                "until",
                                words.lastDay(part.at())))
                .toList();
    }

    private Optional<Reward> nextReward() {
        return redeemable()
                .filter(reward -> cost(reward) > points.available())
                .min(Comparator.comparingLong(ProgressModel::cost));
    }

    private Map<String, Object> onTheWay(Reward reward) {
        return Map.of(
                "name", name(reward),
                "missing", words.points(cost(reward) - points.available()),
                "percent", percent(points.available(), cost(reward)));
    }

    /** Never quite there before it is there. */
    static int percent(long value, long goal) {
        return (int) Math.max(0, Math.min(WHOLE - 1L, value * WHOLE / Math.max(1, goal)));
    }

    /** What is for some tiers only is not promised to everybody. */
    private Stream<Reward> redeemable() {
        return words.program().rewards().stream()
                .filter(reward -> reward.isRedeemable() && reward.tierKeys().isEmpty());
    }

    private static long cost(Reward reward) {
        return Objects.requireNonNullElse(reward.costPoints(), 0L);
    }

    private String name(Reward reward) {
        return reward.name().in(words.locale());
    }
}
