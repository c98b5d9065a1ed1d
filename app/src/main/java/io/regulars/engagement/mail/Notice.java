package io.regulars.engagement.mail;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.platform.http.FieldError;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a shop has to say to one member: a subject, some paragraphs, perhaps a button. */
final class Notice {

    static final String TEMPLATE = "notice";

    private static final int LONGEST_LINE = 200;
    private static final int LONGEST_PARAGRAPH = 2_000;
    private static final int MOST_PARAGRAPHS = 20;

    private final JsonNode data;
    private final List<FieldError> errors = new ArrayList<>();

    private Notice(JsonNode data) {
        this.data = data;
    }

    /** The values of the template, and all that is wrong with them. */
    record Read(Map<String, Object> model, List<FieldError> errors) {}

    static Read read(JsonNode data) {
        Notice notice = new Notice(data);
        Map<String, Object> model = notice.model();
        return new Read(model, notice.errors);
    }

    private Map<String, Object> model() {
        if (!data.isObject()) {
            refuse("", "wrong_type", "Must be an object with subject and paragraphs.");
            return Map.of();
        }
        Set<String> strange = new TreeSet<>();
        data.fieldNames().forEachRemaining(strange::add);
        strange.removeAll(Set.of("subject", "paragraphs", "button"));
        strange.forEach(name -> refuse("/" + name, "unknown_field", "There is no such field."));
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("subject", text(data.path("subject"), "/subject", LONGEST_LINE));
        model.put("paragraphs", paragraphs(data.path("paragraphs")));
        if (data.hasNonNull("button")) {
            model.put("button", button(data.path("button")));
        }
        return model;
    }

    private List<String> paragraphs(JsonNode all) {
        if (!all.isArray() || all.isEmpty() || all.size() > MOST_PARAGRAPHS) {
            refuse("/paragraphs", "wrong_type", "Must be a list of 1 to 20 texts.");
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            texts.add(text(all.get(i), "/paragraphs/" + i, LONGEST_PARAGRAPH));
        }
        return texts;
    }

    private Map<String, String> button(JsonNode button) {
        String url = text(button.path("url"), "/button/url", LONGEST_PARAGRAPH);
        if (!isHttps(url)) {
            refuse("/button/url", "invalid_url", "Must be an https:// address.");
        }
        return Map.of(
                "label", text(button.path("label"), "/button/label", LONGEST_LINE), "url", url);
    }

    private static boolean isHttps(String url) {
        try {
            URI uri = new URI(url);
            return "https".equals(uri.getScheme()) && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private String text(JsonNode text, String pointer, int longest) {
        String value = text.asText("");
        if (!text.isTextual() || value.isBlank() || value.length() > longest) {
            refuse(pointer, "invalid_text", "Must have 1 to " + longest + " characters.");
        }
        return value;
    }

    private void refuse(String pointer, String code, String detail) {
        errors.add(new FieldError("/data" + pointer, code, detail));
    }
}
