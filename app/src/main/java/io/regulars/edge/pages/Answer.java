package io.regulars.edge.pages;

import io.regulars.engagement.mail.Topic;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a POST to an unsubscribe link says. Only our own page's other button says anything but
 * "stop": a mailbox provider may send its one click (RFC 8058) in whatever form it likes, and a
 * member's no must not fail for it.
 */
sealed interface Answer {

    /**
     * @param source as it is kept with the consent
     */
    record Stop(String source) implements Answer {}

    /**
     * @param language of the wording that was agreed to
     */
    record Resume(Language language) implements Answer {}

    /**
     * @param wanted the topics on which advertising may come
     */
    record Choose(Set<Topic> wanted) implements Answer {}

    static Answer of(@Nullable String contentType, byte[] body) {
        boolean form =
                contentType != null
                        && contentType
                                .toLowerCase(Locale.ROOT)
                                .startsWith("application/x-www-form-urlencoded");
        Map<String, String> fields =
                form ? fields(new String(body, StandardCharsets.UTF_8)) : Map.of();
        if (fields.containsKey("List-Unsubscribe")) {
            return new Stop("one_click");
        }
        return switch (fields.getOrDefault("action", "")) {
            case "resubscribe" -> new Resume(Language.asked(fields.get("lang")));
            case "choose" -> chosen(topics(new String(body, StandardCharsets.UTF_8)));
            case "unsubscribe" -> new Stop("unsubscribe_page");
            default -> new Stop("one_click");
        };
    }

    private static Map<String, String> fields(String body) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    /** Who wants nothing of all there is has said no. */
    private static Answer chosen(Set<Topic> topics) {
        return topics.isEmpty() ? new Stop("unsubscribe_page") : new Choose(topics);
    }

    /** A box that is not ticked is not sent. */
    private static Set<Topic> topics(String body) {
        return Arrays.stream(body.split("&", -1))
                .filter(pair -> pair.startsWith("topic="))
                .flatMap(pair -> Topic.named(decoded(pair.substring("topic=".length()))).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
