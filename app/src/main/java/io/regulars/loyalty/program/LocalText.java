package io.regulars.loyalty.program;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A text for people: one for all languages, or one per language. In JSON a string, or {@code {"vi":
 * …, "en": …}}.
 *
 * @param byLanguage under the key {@code ""} the text for all languages
 */
@Schema(
        oneOf = {String.class, Map.class},
        description = "A string, or one per language: {\"vi\": …, \"en\": …}")
public record LocalText(Map<String, String> byLanguage) {

    private static final String ANY = "";

    public LocalText {
        byLanguage = Map.copyOf(byLanguage);
    }

    public static LocalText of(String text) {
        return new LocalText(Map.of(ANY, text));
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static LocalText fromJson(JsonNode node) {
        if (node.isTextual()) {
            return of(node.textValue());
        }
        if (!node.isObject() || node.isEmpty()) {
            throw new IllegalArgumentException("must be a text, or an object of texts by language");
        }
        Map<String, String> texts = new TreeMap<>();
        node.properties()
                .forEach(entry -> {
                    if (!entry.getKey().matches("[a-z]{2}") || !entry.getValue().isTextual()) {
                        throw new IllegalArgumentException(
                                "must hold texts by language code, such as vi and en");
                    }
                    texts.put(entry.getKey(), entry.getValue().textValue());
                });
        return new LocalText(texts);
    }

    @JsonValue
    Object toJson() {
        String one = byLanguage.get(ANY);
        return one != null ? one : new TreeMap<>(byLanguage);
    }

    /** The text in this language, else in English, else in whichever there is. */
    public String in(Locale locale) {
        String exact = byLanguage.get(locale.getLanguage());
        if (exact != null) {
            return exact;
        }
        String english = byLanguage.get("en");
        return english != null ? english : new TreeMap<>(byLanguage).firstEntry().getValue();
    }

    /** Whether one of the texts says nothing. */
    public boolean isBlank() {
        return byLanguage.values().stream().anyMatch(String::isBlank);
    }

    /** The characters of the longest text. */
    public int longest() {
        return byLanguage.values().stream().mapToInt(String::length).max().orElse(0);
    }
}
