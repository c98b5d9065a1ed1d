package io.regulars.edge.pages;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What our pages are written in. */
public enum Language {
    EN,
    VI;

    /** As in BCP 47; also the folder of the templates. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The first of these locales that we speak, else what the browser asks for, else English.
     *
     * @param acceptLanguage the header as it came
     */
    public static Language of(@Nullable String acceptLanguage, @Nullable String... known) {
        return Stream.of(known)
                .flatMap(tag -> spoken(tag).stream())
                .findFirst()
                .orElseGet(() -> asked(acceptLanguage));
    }

    /** What the browser asks for, else English. */
    public static Language asked(@Nullable String acceptLanguage) {
        return ranges(acceptLanguage).stream()
                .filter(range -> range.getWeight() > 0)
                .flatMap(range -> spoken(range.getRange()).stream())
                .findFirst()
                .orElse(EN);
    }

    private static Optional<Language> spoken(@Nullable String tag) {
        if (tag == null) {
            return Optional.empty();
        }
        String language = Locale.forLanguageTag(tag).getLanguage();
        return Stream.of(values()).filter(spoken -> spoken.tag().equals(language)).findFirst();
    }

    private static List<Locale.LanguageRange> ranges(@Nullable String acceptLanguage) {
        try {
            return acceptLanguage == null || acceptLanguage.isBlank()
                    ? List.of()
                    : Locale.LanguageRange.parse(acceptLanguage);
        } catch (IllegalArgumentException e) {
            // A wish that cannot be read is no reason to refuse a page, least of all to
            // unsubscribe.
            return List.of();
        }
    }
}
