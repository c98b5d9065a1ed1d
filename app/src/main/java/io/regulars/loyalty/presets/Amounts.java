package io.regulars.loyalty.presets;

import io.regulars.loyalty.program.LocalText;
import io.regulars.loyalty.program.Program;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Amounts of money in the words of a preset: <code>{1000}</code> in a text is that many minor units of the
 * preset's own currency, and is written out in the shop's. A name that says "$10 off" would be wrong
 * in a shop that takes dong.
 *
 * @param convert from the preset's minor units to the shop's
 */
record Amounts(Currency currency, LongUnaryOperator convert) {

    private static final Pattern AMOUNT = Pattern.compile("\\{([0-9]{1,15})}");

    @Nullable LocalText in(@Nullable LocalText text) {
        return text == null ? null : said(text);
    }

    LocalText said(LocalText text) {
        Map<String, String> said = new TreeMap<>();
        text.byLanguage()
                .forEach((language, words) ->
                        said.put(
                                language,
                                AMOUNT.matcher(words)
                                        .replaceAll(found ->
                                                Matcher.quoteReplacement(written(
                                                        Locale.of(language.isEmpty() ? "en" : language),
                                                        convert.applyAsLong(
                                                                Long.parseLong(found.group(1))))))));
        return new LocalText(said);
    }

    List<LocalText> all(List<LocalText> texts) {
        return texts.stream().map(this::said).toList();
    }

    Program.@Nullable Terms terms(Program.@Nullable Terms terms) {
        return terms == null
                ? null
                : new Program.Terms(
                        in(terms.text()),
                        in(terms.area()),
                        terms.startsOn(),
                        terms.endsOn(),
                        terms.contact());
    }

    /** A round amount without the zeros behind it. */
    private String written(Locale locale, long minorUnits) {
        int digits = Math.max(0, currency.getDefaultFractionDigits());
        BigDecimal amount = BigDecimal.valueOf(minorUnits, digits);
        NumberFormat format = NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(currency);
        int shown = amount.stripTrailingZeros().scale() <= 0 ? 0 : digits;
        format.setMinimumFractionDigits(shown);
        format.setMaximumFractionDigits(shown);
        return format.format(amount);
    }
}
