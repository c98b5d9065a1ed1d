package io.regulars.edge.pages;

import java.text.Collator;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where in the world a shop may be, for a form's lists.
 *
 * @param countries each with its {@code code} and its {@code name} in the reader's language, in the
 *     order of the names
 * @param zones the names of the time zones
 */
record PlaceChoices(List<Map<String, String>> countries, List<String> zones) {

    /** The parts of the world that time zones are named by; other names are old or technical. */
    private static final List<String> PARTS =
            List.of(
                    "Africa/",
                    "America/",
                    "Antarctica/",
                    "Asia/",
                    "Atlantic/",
                    "Australia/",
                    "Europe/",
                    "Indian/",
                    "Pacific/");

    private static final Map<Locale, PlaceChoices> MADE = new ConcurrentHashMap<>();

    static PlaceChoices in(Locale reader) {
        return MADE.computeIfAbsent(reader, PlaceChoices::made);
    }

    /** In three letters; empty for a country that is none, or has no currency of its own. */
    static String currencyOf(String country) {
        try {
            Currency currency = Currency.getInstance(Locale.of("", country));
            return currency == null ? "" : currency.getCurrencyCode();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static PlaceChoices made(Locale reader) {
        Comparator<Object> order = Collator.getInstance(reader);
        return new PlaceChoices(
                Arrays.stream(Locale.getISOCountries())
                        .map(code ->
                                Map.of(
                                        "code",
                                        code,
                                        "name",
                                        Locale.of("", code).getDisplayCountry(reader)))
                        .sorted(Comparator.comparing(country -> country.get("name"), order))
                        .toList(),
                ZoneId.getAvailableZoneIds().stream()
                        .filter(zone -> PARTS.stream().anyMatch(zone::startsWith))
                        .sorted()
                        .toList());
    }
}
