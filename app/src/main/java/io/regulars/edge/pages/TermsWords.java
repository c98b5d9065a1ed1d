package io.regulars.edge.pages;

import io.regulars.loyalty.program.LocalText;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Reward;
import io.regulars.loyalty.program.TierScheme;
import io.regulars.loyalty.program.Why;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes out the parts of a program in one language. Null in, null out. */
public final class TermsWords {

    private final Language language;
    private final Locale locale;
    private final Program program;

    public TermsWords(Language language, Program program) {
        this.language = language;
        this.locale = Locale.of(language.tag());
        this.program = program;
    }

    public @Nullable String text(@Nullable LocalText text) {
        return text == null ? null : said(text);
    }

    public String said(LocalText text) {
        return text.in(locale);
    }

    String key(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    public String number(long value) {
        return NumberFormat.getIntegerInstance(locale).format(value);
    }

    @Nullable String aboveZero(@Nullable Number value) {
        return value == null || value.longValue() <= 0 ? null : number(value.longValue());
    }

    /** So many points by their own name, such as "1 leaf". */
    public @Nullable String points(@Nullable Long points) {
        if (points == null) {
            return null;
        }
        LocalText unit = points == 1 ? program.unit().one() : program.unit().many();
        return number(points) + " " + said(unit);
    }

    public @Nullable String money(@Nullable Long minorUnits) {
        return minorUnits == null ? null : Why.money(locale, program, minorUnits);
    }

    @Nullable String moneyAboveZero(@Nullable Long minorUnits) {
        return minorUnits == null || minorUnits <= 0 ? null : money(minorUnits);
    }

    /** What a tier counts, as money, points or purchases. */
    public @Nullable String measured(TierScheme tiers, long value) {
        return switch (tiers.basis()) {
            case SPEND -> money(value);
            case POINTS -> points(value);
            case PURCHASES -> number(value) + " " + purchases(value);
        };
    }

    private String purchases(long number) {
        return switch (language) {
            case VI -> "lần mua";
            case EN -> number == 1 ? "purchase" : "purchases";
        };
    }

    /** Absent where it changes nothing. */
    @Nullable String multiplier(@Nullable BigDecimal multiplier) {
        if (multiplier == null || multiplier.compareTo(BigDecimal.ONE) == 0) {
            return null;
        }
        return NumberFormat.getNumberInstance(locale).format(multiplier);
    }

    public String date(LocalDate date) {
        String pattern =
                DateTimeFormatterBuilder.getLocalizedDateTimePattern(
                        FormatStyle.LONG, null, IsoChronology.INSTANCE, locale);
        return DateTimeFormatter.ofPattern(pattern, locale).format(date);
    }

    @Nullable String list(List<String> items) {
        return items.isEmpty() ? null : String.join(", ", items);
    }

    /** Such as "60 and 30". */
    @Nullable String both(List<Integer> numbers) {
        String and = locale.getLanguage().equals("vi") ? " và " : " and ";
        return numbers.isEmpty()
                ? null
                : numbers.stream().map(this::number).collect(Collectors.joining(and));
    }

    List<String> weekdays(List<DayOfWeek> days) {
        return days.stream().map(day -> day.getDisplayName(TextStyle.FULL, locale)).toList();
    }

    List<String> locations(List<String> keys) {
        return keys.stream()
                .map(key -> program.location(key).map(l -> said(l.name())).orElse(key))
                .toList();
    }

    List<String> tiers(List<String> keys) {
        return keys.stream()
                .map(key ->
                        program.tierScheme()
                                .flatMap(scheme -> scheme.level(key))
                                .map(level -> said(level.name()))
                                .orElse(key))
                .toList();
    }

    public @Nullable String rewardName(@Nullable String key) {
        return key == null
                ? null
                : program.reward(key).map(reward -> said(reward.name())).orElse(key);
    }

    boolean earnsByAmount() {
        return program.earning().stream().anyMatch(rule -> !rule.isFixed());
    }

    /** Whether a member can have points at all. */
    public boolean hasPoints() {
        return !program.earning().isEmpty()
                || (program.referral() != null
                        && (aboveZero(program.referral().referrerPoints()) != null
                                || aboveZero(program.referral().friendPoints()) != null))
                || (program.welcome() != null && aboveZero(program.welcome().points()) != null);
    }

    public Map<String, @Nullable Object> reward(Reward reward) {
        Map<String, @Nullable Object> model = new HashMap<>();
        model.put("name", said(reward.name()));
        model.put("description", text(reward.description()));
        model.put("kind", key(reward.kind()));
        model.put("percent", reward.percent() == null ? null : number(reward.percent()));
        model.put("amount", money(reward.amount()));
        model.put("cost", reward.isRedeemable() ? points(reward.costPoints()) : null);
        model.put("min_basket", moneyAboveZero(reward.minBasket()));
        model.put("other_items", aboveZero(reward.minOtherItems()));
        // What is given and not bought knows no such limits.
        boolean limited = reward.isRedeemable();
        model.put("stock", limited && reward.stock() != null ? number(reward.stock()) : null);
        model.put("per_member", limited ? aboveZero(reward.perMember()) : null);
        model.put("tiers", list(tiers(reward.tierKeys())));
        model.put("valid_days", aboveZero(reward.validDays()));
        model.put("reusable", reward.isReusable());
        model.put("value", moneyAboveZero(reward.value()));
        return model;
    }

    public @Nullable Map<String, @Nullable Object> referral() {
        Program.Referral referral = program.referral();
        if (referral == null) {
            return null;
        }
        Map<String, @Nullable Object> model = new HashMap<>();
        model.put("referrer_points", pointsAboveZero(referral.referrerPoints()));
        model.put("referrer_reward", rewardName(referral.referrerReward()));
        model.put("friend_points", pointsAboveZero(referral.friendPoints()));
        model.put("friend_reward", rewardName(referral.friendReward()));
        model.put("min_amount", moneyAboveZero(referral.minAmount()));
        model.put("per_year", aboveZero(referral.perYear()));
        return model;
    }

    public @Nullable Map<String, @Nullable Object> welcome() {
        Program.Welcome welcome = program.welcome();
        if (welcome == null) {
            return null;
        }
        Map<String, @Nullable Object> model = new HashMap<>();
        model.put("points", pointsAboveZero(welcome.points()));
        model.put("reward", rewardName(welcome.reward()));
        return model;
    }

    private @Nullable String pointsAboveZero(@Nullable Long points) {
        return points == null || points <= 0 ? null : points(points);
    }
}
