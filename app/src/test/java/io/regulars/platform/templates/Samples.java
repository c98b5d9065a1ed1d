package io.regulars.platform.templates;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The models written in the {@code sample.json} files next to the templates. */
final class Samples {
    static final Path TEMPLATES =
            Path.of(Objects.requireNonNull(System.getProperty("root.dir")), "email-templates");

    /** What goes to members; it has a balance and a way out. */
    static final List<String> TO_MEMBERS =
            List.of(
                    "birthday",
                    "anniversary",
                    "monthly_progress",
                    "win_back",
                    "points_expiring",
                    "welcome",
                    "thank_you",
                    "tier_changed",
                    "nps",
                    "broadcast",
                    "written",
                    "opt_out_confirmation",
                    "card_link",
                    "invitation",
                    "notice");

    /** Members get them whether or not they want advertising, so there is no way out of them. */
    static final List<String> SERVICE =
            List.of(
                    "points_expiring",
                    "tier_changed",
                    "opt_out_confirmation",
                    "card_link",
                    "notice");

    static final List<String> MESSAGES =
            Stream.concat(
                            TO_MEMBERS.stream(),
                            Stream.of(
                                    "signup_verification",
                                    "password_reset",
                                    "account_notice",
                                    "webhook_disabled",
                                    "sending_paused",
                                    "join_confirm",
                                    "owner_report"))
                    .toList();
    static final List<String> LOCALES = List.of("vi", "en");
    private static final Templates ALL = new Templates();
    private static final ObjectMapper JSON = new ObjectMapper();

    private Samples() {}

    /** The message's own sample over that of the layout. */
    static Map<String, Object> model(String message, String locale) {
        Map<String, Object> model = new LinkedHashMap<>();
        if (TO_MEMBERS.contains(message) || message.equals("join_confirm")) {
            model.putAll(section("_layout", locale));
        }
        if (SERVICE.contains(message)) {
            model.remove("unsubscribe_url");
        }
        if (message.equals("join_confirm")) {
            model.keySet().removeAll(List.of("unsubscribe_url", "standing"));
        }
        model.putAll(section(message, locale));
        return model;
    }

    /** To somebody without a name, in a shop without rewards, tiers and offers. */
    static Map<String, Object> bare(String message, String locale) {
        Map<String, Object> model = model(message, locale);
        model.keySet().removeAll(List.of("name", "voucher"));
        model.put("standing", Map.of("points", "0 x", "card_url", "https://regulars.example/c/x"));
        model.computeIfPresent("progress", (key, progress) -> Map.of());
        return model;
    }

    /** The sample of a birthday, changed in this and without that. */
    static Rendered birthday(String locale, Map<String, ?> changed, String... without) {
        Map<String, Object> model = model("birthday", locale);
        model.putAll(changed);
        List.of(without).forEach(model::remove);
        return render("birthday", locale, model);
    }

    static Rendered render(String message, String locale, Map<String, Object> model) {
        return ALL.render(message, Locale.forLanguageTag(locale), model);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> section(String folder, String section) {
        try {
            Map<String, Object> file =
                    JSON.readValue(
                            TEMPLATES.resolve(folder).resolve("sample.json").toFile(),
                            new TypeReference<>() {});
            return (Map<String, Object>) Objects.requireNonNull(file.get(section));
        } catch (IOException e) {
            throw new IllegalStateException(folder + "/sample.json cannot be read", e);
        }
    }

    /**
     * A deep copy in which every text is replaced by this one, but for colours and addresses of
     * pages.
     */
    static Map<String, Object> filledWith(String text, Map<String, Object> model) {
        Map<String, Object> result = new LinkedHashMap<>();
        model.forEach((key, value) -> result.put(key, replaced(key, value, text)));
        return result;
    }

    @SuppressWarnings("unchecked")
    private static Object replaced(String key, Object value, String text) {
        if (value instanceof Map<?, ?> map) {
            return filledWith(text, (Map<String, Object>) map);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(part -> replaced(key, part, text)).toList();
        }
        if (value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (key.equals("type") || key.equals("goal")) {
            return value;
        }
        boolean link = List.of("link", "color", "key").contains(key) || key.endsWith("url");
        return link ? value : text;
    }
}
