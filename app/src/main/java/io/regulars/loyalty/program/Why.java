package io.regulars.loyalty.program;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The reason of a ledger row as a sentence, made of what was recorded with it. */
public final class Why {

    private Why() {}

    /**
     * Explains an award.
     *
     * @param inputs as {@link EarningRules.Award} recorded them
     */
    public static String sentence(Locale locale, Program program, Map<String, Object> inputs) {
        Optional<Long> amount = number(inputs, "amount");
        if (amount.isEmpty()) {
            return "";
        }
        long carriedIn = number(inputs, "carried_in").orElse(0L);
        long carriedOut = number(inputs, "carried_out").orElse(0L);
        long award = number(inputs, "award").orElse(0L);
        boolean vietnamese = locale.getLanguage().equals("vi");
        String unit = (award == 1 ? program.unit().one() : program.unit().many()).in(locale);
        String step = money(locale, program, number(inputs, "per_amount").orElse(0L));
        StringBuilder sentence = new StringBuilder();
        String paid = money(locale, program, amount.get());
        sentence.append(award).append(' ').append(unit);
        sentence.append(vietnamese ? " cho mỗi " : " for every ").append(step);
        sentence.append(vietnamese ? ": đã thanh toán " + paid : ": " + paid + " paid");
        if (carriedIn > 0) {
            String rest = money(locale, program, carriedIn);
            sentence.append(
                    vietnamese
                            ? ", cộng " + rest + " còn dư từ lần trước"
                            : ", plus " + rest + " left over from before");
        }
        if (carriedOut > 0) {
            String rest = money(locale, program, carriedOut);
            sentence.append(
                    vietnamese
                            ? "; " + rest + " để dành cho lần sau"
                            : "; " + rest + " kept for the next time");
        }
        return sentence.append('.').toString();
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

    private static Optional<Long> number(Map<String, Object> inputs, String key) {
        return Optional.ofNullable(inputs.get(key)).map(v -> ((Number) v).longValue());
    }
}
