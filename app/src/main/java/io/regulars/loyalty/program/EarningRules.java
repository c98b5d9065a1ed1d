package io.regulars.loyalty.program;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides what earns points. Pure: the same program and occasion give the same answer. */
public final class EarningRules {

    /** No single award gives more, so that sums of them can always be counted. */
    static final long LARGEST_AWARD = 1_000_000_000_000L;

    private EarningRules() {}

    /**
     * An award and everything that led to it.
     *
     * @param inputs kept with the award, for its explanation and for an exact refund: the names in
     *     {@link Input}
     */
    public record Award(String rule, long points, int pendingDays, Map<String, Object> inputs) {}

    /**
     * What a purchase added to a remainder, so that a refund can take it off again.
     *
     * @param base the purchase's amounts that the rule counted
     * @param share what the remainder became minus what it was
     * @param lines the ids of the lines that counted; empty for the whole purchase
     */
    public record Share(long base, long share, List<String> lines) {}

    /**
     * What an occasion earns.
     *
     * @param carry the remainders by rule that it leaves behind
     * @param shares by rule, what it added to them
     */
    public record Outcome(List<Award> awards, Map<String, Long> carry, Map<String, Share> shares) {}

    /** The names under which an award's inputs are kept. */
    public static final class Input {
        public static final String AMOUNT = "amount";
        public static final String LINES = "lines";
        public static final String PER_AMOUNT = "per_amount";
        public static final String AWARD = "award";
        public static final String FIXED = "fixed";
        public static final String CARRIED_IN = "carried_in";
        public static final String CARRIED_OUT = "carried_out";
        public static final String TIER = "tier";
        public static final String MULTIPLIER = "multiplier";
        public static final String BEFORE_BUDGET = "before_budget";

        private Input() {}
    }

    /** The awards of one occasion, in the order of the program's rules. */
    public static Outcome evaluate(Program program, Occasion occasion) {
        Map<String, Long> carry = new HashMap<>(occasion.carry());
        Map<String, Share> shares = new LinkedHashMap<>();
        List<Candidate> candidates = new ArrayList<>();
        for (EarningRule rule : program.earning()) {
            if (holds(program, rule, occasion)) {
                candidates.add(candidate(program, rule, occasion));
            }
        }
        List<Award> awards = new ArrayList<>();
        for (Candidate candidate : withoutBeaten(candidates)) {
            String key = candidate.rule().key();
            if (candidate.carriedOut() != null) {
                carry.put(key, candidate.carriedOut());
                shares.put(
                        key,
                        new Share(
                                candidate.base(),
                                candidate.carriedOut() - occasion.carry().getOrDefault(key, 0L),
                                candidate.lines()));
            }
            if (candidate.points() > 0) {
                awards.add(
                        new Award(
                                key,
                                candidate.points(),
                                candidate.rule().daysPending(),
                                candidate.inputs()));
            }
        }
        carry.values().removeIf(rest -> rest == 0);
        return new Outcome(awards, carry, shares);
    }

    private record Candidate(
            EarningRule rule,
            long base,
            List<String> lines,
            long points,
            @Nullable Long carriedOut,
            Map<String, Object> inputs) {}

    private static Candidate candidate(Program program, EarningRule rule, Occasion occasion) {
        List<Occasion.Item> items = counted(rule, occasion);
        List<String> lines =
                rule.conditions().picksLines()
                        ? items.stream().map(Occasion.Item::lineId).toList()
                        : List.of();
        long base =
                rule.conditions().picksLines()
                        ? items.stream().mapToLong(Occasion.Item::amount).sum()
                        : occasion.amount();
        Map<String, Object> inputs = new LinkedHashMap<>();
        if (occasion.isPurchase()) {
            inputs.put(Input.AMOUNT, base);
        }
        if (!lines.isEmpty()) {
            inputs.put(Input.LINES, lines);
        }
        Long carriedOut = null;
        long points;
        if (rule.isFixed()) {
            points = Optional.ofNullable(rule.points().fixed()).orElse(0L);
            inputs.put(Input.FIXED, points);
        } else {
            long perAmount = Optional.ofNullable(rule.points().perAmount()).orElse(1L);
            long award = Optional.ofNullable(rule.points().award()).orElse(0L);
            long carriedIn =
                    program.carriesRemainder() ? occasion.carry().getOrDefault(rule.key(), 0L) : 0;
            long sum = Math.addExact(base, carriedIn);
            long steps = Math.max(0, Math.floorDiv(sum, perAmount));
            points = atMost(steps, award);
            inputs.put(Input.PER_AMOUNT, perAmount);
            inputs.put(Input.AWARD, award);
            if (program.carriesRemainder()) {
                carriedOut = sum - steps * perAmount;
                inputs.put(Input.CARRIED_IN, carriedIn);
                inputs.put(Input.CARRIED_OUT, carriedOut);
            }
        }
        points = multiplied(program, occasion, points, inputs);
        return new Candidate(
                rule,
                base,
                lines,
                withinBudget(rule, occasion, points, inputs),
                carriedOut,
                inputs);
    }

    private static long atMost(long steps, long award) {
        return award != 0 && steps > LARGEST_AWARD / award ? LARGEST_AWARD : steps * award;
    }

    /** The tier held before multiplies what purchases earn, floored once. */
    private static long multiplied(
            Program program, Occasion occasion, long points, Map<String, Object> inputs) {
        Optional<BigDecimal> multiplier =
                occasion.isPurchase()
                        ? program.tierScheme()
                                .flatMap(tiers -> tiers.level(occasion.tier()))
                                .flatMap(level -> Optional.ofNullable(level.multiplier()))
                                .filter(m -> m.compareTo(BigDecimal.ONE) != 0)
                        : Optional.empty();
        if (multiplier.isEmpty()) {
            return points;
        }
        inputs.put(Input.TIER, occasion.tier());
        inputs.put(Input.MULTIPLIER, multiplier.get());
        return multiplier
                .get()
                .multiply(BigDecimal.valueOf(points))
                .setScale(0, RoundingMode.FLOOR)
                .min(BigDecimal.valueOf(LARGEST_AWARD))
                .longValueExact();
    }

    private static long withinBudget(
            EarningRule rule, Occasion occasion, long points, Map<String, Object> inputs) {
        if (rule.limit().budget() == 0) {
            return points;
        }
        long left = rule.limit().budget() - occasion.usedOf(rule.key()).budget();
        if (points <= left) {
            return points;
        }
        inputs.put(Input.BEFORE_BUDGET, points);
        return Math.max(0, left);
    }

    private static boolean holds(Program program, EarningRule rule, Occasion occasion) {
        EarningRule.When when = rule.conditions();
        Occasion.Used used = occasion.usedOf(rule.key());
        return rule.on().equals(occasion.on())
                && occasion.amount() >= (when.minAmount() == null ? 0 : when.minAmount())
                && among(when.locations(), occasion.location())
                && among(when.tiers(), occasion.tier())
                && onDay(when, program, occasion)
                && (!when.wantsFirstPurchase() || occasion.isFirstPurchase())
                && (!when.picksLines() || !counted(rule, occasion).isEmpty())
                && (rule.limit().day() == 0 || used.today() < rule.limit().day())
                && (rule.limit().member() == 0 || used.total() < rule.limit().member());
    }

    private static List<Occasion.Item> counted(EarningRule rule, Occasion occasion) {
        EarningRule.When when = rule.conditions();
        return occasion.items().stream()
                .filter(item ->
                        among(when.categories(), item.category()) && among(when.skus(), item.sku()))
                .toList();
    }

    private static boolean onDay(EarningRule.When when, Program program, Occasion occasion) {
        ZonedDateTime local =
                occasion.at()
                        .withZoneSameInstant(
                                program.location(occasion.location())
                                        .flatMap(l -> Optional.ofNullable(l.timeZone()))
                                        .<ZoneId>map(ZoneId::of)
                                        .orElse(occasion.at().getZone()));
        LocalTime from = when.from() == null ? LocalTime.MIN : when.from();
        LocalTime to = when.to() == null ? LocalTime.MIN : when.to();
        LocalTime time = local.toLocalTime();
        boolean overMidnight = !from.isBefore(to);
        // A night that began on Friday is Friday's until it ends.
        boolean begunYesterday = overMidnight && time.isBefore(to);
        boolean within =
                overMidnight
                        ? begunYesterday || !time.isBefore(from)
                        : !time.isBefore(from) && time.isBefore(to);
        List<DayOfWeek> days = Parts.of(when.weekdays());
        DayOfWeek day = (begunYesterday ? local.minusDays(1) : local).getDayOfWeek();
        return within && (days.isEmpty() || days.contains(day));
    }

    private static boolean among(@Nullable List<String> wanted, @Nullable String there) {
        return Parts.of(wanted).isEmpty()
                || (there != null && wanted != null && wanted.contains(there));
    }

    /** Of each group's rules that take only the best, the best; the first of several. */
    private static List<Candidate> withoutBeaten(List<Candidate> candidates) {
        Map<String, Candidate> best = new HashMap<>();
        for (Candidate candidate : candidates) {
            if (candidate.rule().isBestOfGroup()) {
                best.merge(
                        String.valueOf(candidate.rule().group()),
                        candidate,
                        (a, b) -> b.points() > a.points() ? b : a);
            }
        }
        return candidates.stream()
                .filter(c ->
                        !c.rule().isBestOfGroup()
                                || c.equals(best.get(String.valueOf(c.rule().group()))))
                .toList();
    }
}
