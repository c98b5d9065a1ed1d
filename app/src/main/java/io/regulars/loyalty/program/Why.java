package io.regulars.loyalty.program;

import io.regulars.loyalty.program.EarningRules.Input;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reason of a ledger row as a sentence, made of what was recorded with it. */
public final class Why {

    private final Locale locale;
    private final Program program;
    private final Map<String, Object> inputs;

    private Why(Locale locale, Program program, Map<String, Object> inputs) {
        this.locale = locale;
        this.program = program;
        this.inputs = inputs;
    }

    /**
     * Explains a row.
     *
     * @param program the version under which it came about
     * @param kind of the row, as the ledger keeps it
     * @param points below zero where they left
     * @param rule the rule that gave the points
     * @param inputs as they were recorded with it
     */
    public static String sentence(
            Locale locale,
            Program program,
            String kind,
            long points,
            @Nullable String rule,
            Map<String, Object> inputs) {
        Why why = new Why(locale, program, inputs);
        return switch (kind) {
            case "earn" -> why.earned(rule);
            case "reverse" -> why.calledBack();
            case "redeem" -> why.withReward("Đổi lấy", "Spent on");
            case "return" -> why.withReward("Hoàn lại", "Given back for");
            case "expire" -> why.say("Đã hết hạn.", "Expired.");
            case "merge" -> why.moved(points);
            case "opening" ->
                    why.text("reason").orElse(why.say("Số dư ban đầu.", "Opening balance."));
            default -> why.text("reason").orElse("");
        };
    }

    /** By a merge, or by one that was undone. */
    private String moved(long points) {
        return points < 0
                ? say("Chuyển sang một tài khoản khác.", "Moved to another account.")
                : say("Chuyển đến từ một tài khoản khác.", "Moved here from another account.");
    }

    private String earned(@Nullable String rule) {
        List<String> parts = new ArrayList<>();
        Optional<Long> fixed = number(Input.FIXED);
        if (fixed.isPresent()) {
            parts.add(points(fixed.get()) + " " + occasion(rule));
        } else if (number(Input.PER_AMOUNT).isPresent()) {
            parts.add(forSpending());
            remainders(parts);
        } else {
            return text("reason").orElse("");
        }
        text(Input.MULTIPLIER)
                .ifPresent(m ->
                        parts.add(say("nhân " + m + " vì hạng ", "times " + m + " as ") + tier()));
        number(Input.BEFORE_BUDGET)
                .ifPresent(all ->
                        parts.add(
                                say(
                                        "phần còn lại của ngân sách, thay vì " + points(all),
                                        "what was left of the budget, instead of " + points(all))));
        return String.join("; ", parts) + ".";
    }

    private String forSpending() {
        long award = number(Input.AWARD).orElse(0L);
        String step = money(number(Input.PER_AMOUNT).orElse(0L));
        String paid = money(number(Input.AMOUNT).orElse(0L));
        boolean some = inputs.containsKey(Input.LINES);
        return points(award)
                + say(" cho mỗi ", " for every ")
                + step
                + (some
                        ? say(": các món được tính là ", ": items that count come to ") + paid
                        : say(": đã thanh toán " + paid, ": " + paid + " paid"));
    }

    private void remainders(List<String> parts) {
        long in = number(Input.CARRIED_IN).orElse(0L);
        long out = number(Input.CARRIED_OUT).orElse(0L);
        if (in != 0) {
            String first = parts.removeLast();
            parts.add(
                    first
                            + (in > 0
                                    ? say(
                                            ", cộng " + money(in) + " còn dư từ lần trước",
                                            ", plus " + money(in) + " left over from before")
                                    : say(
                                            ", trừ " + money(-in) + " đã hoàn tiền",
                                            ", less " + money(-in) + " refunded before")));
        }
        if (out > 0) {
            parts.add(
                    say(
                            money(out) + " để dành cho lần sau",
                            money(out) + " kept for the next time"));
        }
    }

    private String calledBack() {
        if (inputs.containsKey("unsent")) {
            return say(
                    "Thu hồi vì thư báo tặng không được gửi.",
                    "Taken back: the mail that was to bring them was not sent.");
        }
        Optional<Long> refunded = number("refunded");
        if (refunded.isEmpty()) {
            return say("Thu hồi do hoàn tiền.", "Called back after a refund.");
        }
        return say("Hoàn tiền ", "Refund of ")
                + money(refunded.get())
                + say(" trên ", " of ")
                + money(number(Input.AMOUNT).orElse(0L))
                + ".";
    }

    private String occasion(@Nullable String rule) {
        Optional<EarningRule> known = rule == null ? Optional.empty() : program.rule(rule);
        Optional<String> name =
                known.flatMap(r -> Optional.ofNullable(r.name())).map(n -> n.in(locale));
        if (name.isPresent()) {
            return say("cho: ", "for: ") + name.get();
        }
        return switch (known.map(EarningRule::on).orElse("")) {
            case "purchase" -> say("cho lần mua này", "for this purchase");
            case "enrolled" -> say("khi tham gia", "for joining");
            case "birthday" -> say("mừng sinh nhật", "for the birthday");
            case "anniversary" -> say("mừng ngày tham gia", "for the anniversary of joining");
            case "referral" -> say("vì giới thiệu bạn", "for bringing a friend");
            default ->
                    say("cho: ", "for: ")
                            + known.map(r -> r.on().replace(EarningRule.ACTIVITY, ""))
                                    .orElse(String.valueOf(rule));
        };
    }

    private String withReward(String vietnamese, String english) {
        String key = text("reward").orElse("");
        String name = program.reward(key).map(r -> r.name().in(locale)).orElse(key);
        return say(vietnamese, english) + " " + name + ".";
    }

    private String tier() {
        String key = text(Input.TIER).orElse("");
        return program.tierScheme()
                .flatMap(tiers -> tiers.level(key))
                .map(level -> level.name().in(locale))
                .orElse(key);
    }

    private String points(long points) {
        String unit = (points == 1 ? program.unit().one() : program.unit().many()).in(locale);
        return NumberFormat.getIntegerInstance(locale).format(points) + " " + unit;
    }

    private String money(long minorUnits) {
        return money(locale, program, minorUnits);
    }

    /** An amount of minor units in the program's currency, as it is written in this language. */
    public static String money(Locale locale, Program program, long minorUnits) {
        Currency currency = Currency.getInstance(program.currency());
        int digits = Math.max(0, currency.getDefaultFractionDigits());
        NumberFormat format = NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(currency);
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        return format.format(BigDecimal.valueOf(minorUnits, digits));
    }

    private String say(String vietnamese, String english) {
        return locale.getLanguage().equals("vi") ? vietnamese : english;
    }

    private Optional<Long> number(String key) {
        return inputs.get(key) instanceof Number number
                ? Optional.of(number.longValue())
                : Optional.empty();
    }

    private Optional<String> text(String key) {
        return Optional.ofNullable(inputs.get(key)).map(String::valueOf);
    }
}
