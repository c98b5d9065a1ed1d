package io.regulars.engagement.mail;

import io.regulars.engagement.content.FillContent;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mail with nothing left in it by which its reader could act for the member: links lead nowhere,
 * and codes are not valid. It is for everybody else who looks at it.
 */
final class Harmless {

    private static final String NOWHERE = "sample";

    /** As long as a code, so that the mail looks as it will. */
    private static final String NO_CODE = "XXXX-XXXX-XXXX";

    private final String base;

    /** What is replaced wherever it stands, for shops put codes into their own sentences. */
    private final Map<String, String> instead = new LinkedHashMap<>();

    private Harmless(URI publicUrl) {
        String url = publicUrl.toString();
        this.base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /**
     * The same model for other eyes.
     *
     * @param publicUrl base of every link
     */
    static Map<String, Object> model(Map<String, Object> model, URI publicUrl) {
        Harmless harmless = new Harmless(publicUrl);
        harmless.link(model.get("unsubscribe_url"), "/u/");
        harmless.link(model.get("link"), "/v/");
        harmless.link(at(model.get("standing"), "card_url"), "/c/");
        if (model.get("scores") instanceof List<?> scores) {
            scores.forEach(score -> harmless.answer(at(score, "link")));
        }
        for (String gift : List.of("voucher", "welcome_gift")) {
            if (at(model.get(gift), "code") instanceof String code) {
                harmless.instead.put(code, NO_CODE);
            }
        }
        Map<String, Object> shown = new LinkedHashMap<>(model);
        // A click that is counted would be the member's.
        shown.computeIfPresent(
                "content", (key, content) -> FillContent.uncounted((Map<?, ?>) content));
        shown.replaceAll((key, value) -> harmless.part(value));
        return shown;
    }

    private void link(@Nullable Object link, String page) {
        if (link instanceof String url) {
            instead.put(url, base + page + NOWHERE);
        }
    }

    private void answer(@Nullable Object link) {
        if (link instanceof String url) {
            instead.put(url.replaceFirst("\\?.*", ""), base + "/n/" + NOWHERE);
        }
    }

    private Object part(Object value) {
        return switch (value) {
            case String text -> text(text);
            case Map<?, ?> map -> {
                Map<String, Object> copy = new LinkedHashMap<>();
                map.forEach((key, inner) -> copy.put(String.valueOf(key), part(inner)));
                yield copy;
            }
            case List<?> list -> list.stream().map(this::part).toList();
            default -> value;
        };
    }

    private String text(String text) {
        String harmless = text;
        for (Map.Entry<String, String> one : instead.entrySet()) {
            harmless = harmless.replace(one.getKey(), one.getValue());
        }
        return harmless;
    }

    private static @Nullable Object at(@Nullable Object map, String key) {
        return map instanceof Map<?, ?> all ? all.get(key) : null;
    }
}
