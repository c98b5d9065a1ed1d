package io.regulars.loyalty.law;

import io.regulars.loyalty.program.EarningRule;
import io.regulars.loyalty.program.LocalText;
import io.regulars.loyalty.program.Occasion;
import io.regulars.loyalty.program.Parts;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Reward;
import io.regulars.loyalty.program.RewardKind;
import io.regulars.loyalty.program.TierScheme;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Doubts about what is given away: R05 to R09, and R12. */
record RewardDoubts(Program program, List<Doubt> doubts) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final Set<RewardKind> WORTH_UNKNOWN =
            Set.of(RewardKind.FREE_PRODUCT, RewardKind.EXPERIENCE, RewardKind.GIFT);

    /**
     * What a purchase can give back at most, by the program's own numbers: what earns always, in
     * the best tier, spent on the reward that is worth most.
     */
    void share(ProgramLaw law) {
        Integer most = law.largestSharePercent();
        if (most == null) {
            return;
        }
        BigDecimal warn =
                BigDecimal.valueOf(Objects.requireNonNullElse(law.warnSharePercent(), most));
        BigDecimal earned = pointsPerMinorUnit().multiply(bestMultiplier());
        for (int i = 0; i < program.rewards().size(); i++) {
            Reward reward = program.rewards().get(i);
            Long cost = reward.costPoints();
            Long worth = reward.kind() == RewardKind.AMOUNT_OFF ? reward.amount() : reward.value();
            if (cost != null && cost > 0 && worth != null) {
                share(
                        "/rewards/" + i,
                        earned.multiply(BigDecimal.valueOf(worth))
                                .multiply(HUNDRED)
                                .divide(BigDecimal.valueOf(cost), MathContext.DECIMAL64),
                        warn,
                        most);
            }
        }
        for (int i = 0; i < program.stampCards().size(); i++) {
            share(
                    "/stamp_cards/" + i,
                    HUNDRED.divide(
                            BigDecimal.valueOf(program.stampCards().get(i).buys()),
                            MathContext.DECIMAL64),
                    warn,
                    most);
        }
    }

    private void share(String at, BigDecimal percent, BigDecimal warn, int most) {
        if (percent.compareTo(warn) >= 0) {
            doubts.add(
                    new Doubt(
                            "R05",
                            at,
                            "By the program's own numbers it gives back up to "
                                    + percent.setScale(0, RoundingMode.HALF_UP).toPlainString()
                                    + " % of what was bought; all rewards together may come to "
                                    + most
                                    + " %."));
        }
    }

    private BigDecimal pointsPerMinorUnit() {
        return program.earning().stream()
                .filter(rule ->
                        rule.on().equals(Occasion.PURCHASE)
                                && rule.conditions().equals(EarningRule.When.ALWAYS))
                .map(EarningRule::points)
                .filter(points -> points.perAmount() != null && points.award() != null)
                .map(points ->
                        BigDecimal.valueOf(Objects.requireNonNull(points.award()))
                                .divide(
                                        BigDecimal.valueOf(
                                                Objects.requireNonNull(points.perAmount())),
                                        MathContext.DECIMAL64))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private BigDecimal bestMultiplier() {
        return program.tierScheme().stream()
                .flatMap(scheme -> scheme.levels().stream())
                .map(TierScheme.Level::multiplier)
                .filter(Objects::nonNull)
                .reduce(BigDecimal.ONE, BigDecimal::max);
    }

    void discounts(ProgramLaw law) {
        for (int i = 0; i < program.rewards().size(); i++) {
            Reward reward = program.rewards().get(i);
            if (law.largestDiscountPercent() != null) {
                discount("/rewards/" + i, reward, law.largestDiscountPercent());
            }
            Integer days = law.largestDiscountDays();
            boolean tooLong =
                    days != null && (reward.validDays() == null || reward.validDays() > days);
            if (reward.kind() == RewardKind.PERCENT_OFF && !reward.isRedeemable() && tooLong) {
                doubts.add(
                        new Doubt(
                                "R07",
                                "/rewards/" + i + "/valid_days",
                                "A discount may run for " + days + " days of a year."));
            }
        }
    }

    private void discount(String at, Reward reward, int most) {
        if (reward.percent() != null && reward.percent() > most) {
            doubts.add(
                    new Doubt(
                            "R06",
                            at + "/percent",
                            "A discount may come to " + most + " % of the price."));
        }
        Long amount = reward.amount();
        if (amount != null) {
            long basket = Optional.ofNullable(reward.minBasket()).orElse(0L);
            boolean tooMuch =
                    BigDecimal.valueOf(amount)
                                    .multiply(HUNDRED)
                                    .compareTo(
                                            BigDecimal.valueOf(basket)
                                                    .multiply(BigDecimal.valueOf(most)))
                            > 0;
            if (tooMuch) {
                doubts.add(
                        new Doubt(
                                "R06",
                                at + "/min_basket",
                                "A discount may come to "
                                        + most
                                        + " % of the price; only a large enough basket keeps it below."));
            }
        }
    }

    void banned(List<String> words) {
        Optional<Pattern> pattern = anyOf(words);
        if (pattern.isEmpty()) {
            return;
        }
        String detail = "This looks like goods that may not be given away or promoted.";
        for (int i = 0; i < program.rewards().size(); i++) {
            Reward reward = program.rewards().get(i);
            if (names(pattern.get(), saidOf(reward))) {
                doubts.add(new Doubt("R08", "/rewards/" + i, detail));
            }
        }
        for (int i = 0; i < program.earning().size(); i++) {
            List<String> categories = Parts.of(program.earning().get(i).conditions().categories());
            if (names(pattern.get(), categories)) {
                doubts.add(new Doubt("R08", "/earning/" + i + "/when/categories", detail));
            }
        }
        for (int i = 0; i < program.stampCards().size(); i++) {
            if (names(pattern.get(), program.stampCards().get(i).categoryKeys())) {
                doubts.add(new Doubt("R08", "/stamp_cards/" + i + "/categories", detail));
            }
        }
    }

    void chance(List<String> words) {
        Optional<Pattern> pattern = anyOf(words);
        for (int i = 0; i < program.rewards().size(); i++) {
            if (pattern.isPresent() && names(pattern.get(), saidOf(program.rewards().get(i)))) {
                doubts.add(
                        new Doubt(
                                "R09",
                                "/rewards/" + i,
                                "A reward that is drawn needs a registration of its own."));
            }
        }
    }

    void fairness() {
        for (int i = 0; i < program.rewards().size(); i++) {
            Reward reward = program.rewards().get(i);
            if (reward.value() == null && WORTH_UNKNOWN.contains(reward.kind())) {
                doubts.add(
                        new Doubt(
                                "R12",
                                "/rewards/" + i + "/value",
                                "Members should see what it is worth."));
            }
            if (reward.validDays() == null) {
                doubts.add(
                        new Doubt(
                                "R12",
                                "/rewards/" + i + "/valid_days",
                                "Members should see how long it holds."));
            }
        }
    }

    private static List<String> saidOf(Reward reward) {
        List<String> said = new ArrayList<>(reward.name().byLanguage().values());
        LocalText description = reward.description();
        if (description != null) {
            said.addAll(description.byLanguage().values());
        }
        @Nullable String sku = reward.sku();
        if (sku != null) {
            said.add(sku);
        }
        return said;
    }

    private static boolean names(Pattern words, List<String> texts) {
        return texts.stream().anyMatch(text -> words.matcher(text.toLowerCase(Locale.ROOT)).find());
    }

    /** Whole words only: "beer", but not "beermat". */
    private static Optional<Pattern> anyOf(List<String> words) {
        return words.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Pattern.compile(
                                words.stream()
                                        .map(Pattern::quote)
                                        .collect(
                                                Collectors.joining(
                                                        "|",
                                                        "(?<![\\p{L}\\p{N}])(?:",
                                                        ")(?![\\p{L}\\p{N}])"))));
    }
}
