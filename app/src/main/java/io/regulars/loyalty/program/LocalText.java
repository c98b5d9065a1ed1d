package io.regulars.loyalty.program;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.platform.http.Problem;
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
    private static final String FORM =
            "Must be a string, or an object with a string per language, such as {\"vi\": \"Lá\", \"en\": \"Leaf\"}.";

    public LocalText {
        byLanguage = Map.copyOf(byLanguage);
    }

    public static LocalText of(String text) {
        return new LocalText(Map.of(ANY, text));
    }

    /**
     * @throws Problem that says which forms there are
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static LocalText fromJson(JsonNode node) {
        if (node.isTextual()) {
            return of(node.textValue());
        }
        if (!node.isObject() || node.isEmpty()) {
            throw refusal();
        }
        Map<String, String> texts = new TreeMap<>();
        node.properties()
                .forEach(entry -> {
                    if (!entry.getKey().matches("[a-z]{2}") || !entry.getValue().isTextual()) {
                        throw refusal();
                    }
                    texts.put(entry.getKey(), entry.getValue().textValue());
                });
        return new LocalText(texts);
    }

    private static Problem refusal() {
        return Problem.invalid("", "invalid_value", FORM);
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
