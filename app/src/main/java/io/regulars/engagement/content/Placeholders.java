package io.regulars.engagement.content;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a shop's text may name, and where it is found in what is known of a mail. Values are
 * finished texts in the reader's language.
 */
final class Placeholders {

    /** Where the values of a mail stand: the same model that our own templates are filled with. */
    private static final Map<String, Function<Map<?, ?>, @Nullable Object>> ALWAYS =
            Map.of(
                    "shop.name", at("brand", "name"),
                    "points", at("standing", "points"));

    private static final Map<String, Function<Map<?, ?>, @Nullable Object>> SOMETIMES =
            Map.of(
                    "member.name", at("name"),
                    "tier.name", at("standing", "tier"),
                    "next_tier.name", at("progress", "tier", "next", "name"),
                    "next_tier.missing", at("progress", "tier", "next", "missing"),
                    "next_reward.name", at("progress", "next_reward", "name"),
                    "next_reward.missing", at("progress", "next_reward", "missing"));

    private static final Map<String, Function<Map<?, ?>, @Nullable Object>> OF_OFFERS =
            Map.of(
                    "voucher.reward", at("voucher", "reward"),
                    "voucher.code", at("voucher", "code"),
                    "voucher.valid_until", at("voucher", "valid_until"));

    /** What only one kind of mail is about; it is always there. */
    private static final Map<String, Map<String, Function<Map<?, ?>, @Nullable Object>>> OF_KIND =
            Map.of(
                    "anniversary", Map.of("years", at("years")),
                    "points_expiring",
                            Map.of(
                                    "expiring.points", at("expiring", "points"),
                                    "expiring.until", at("expiring", "until")));

    private Placeholders() {}

    /**
     * @param service whether the mail must not advertise, so that there is no offer in it
     */
    static Set<String> known(String kind, boolean service) {
        Set<String> known = new HashSet<>(ALWAYS.keySet());
        known.addAll(SOMETIMES.keySet());
        if (!service) {
            known.addAll(OF_OFFERS.keySet());
        }
        known.addAll(OF_KIND.getOrDefault(kind, Map.of()).keySet());
        return known;
    }

    /** Those that may have no value. */
    static Set<String> optional() {
        Set<String> optional = new HashSet<>(SOMETIMES.keySet());
        optional.addAll(OF_OFFERS.keySet());
        return optional;
    }

    /** The values of one mail. */
    static Map<String, String> values(String kind, Map<String, Object> model) {
        Map<String, Function<Map<?, ?>, @Nullable Object>> all = new HashMap<>(ALWAYS);
        all.putAll(SOMETIMES);
        all.putAll(OF_OFFERS);
        all.putAll(OF_KIND.getOrDefault(kind, Map.of()));
        Map<String, String> values = new LinkedHashMap<>();
        all.forEach((path, where) -> {
            Object value = where.apply(model);
            if (value instanceof String || value instanceof Number) {
                values.put(path, value.toString());
            }
        });
        return values;
    }

    private static Function<Map<?, ?>, @Nullable Object> at(String... keys) {
        return model -> {
            Object here = model;
            for (String key : keys) {
                // Of several the first counts: points that expire are listed by their end.
                Object one =
                        here instanceof List<?> list && !list.isEmpty() ? list.getFirst() : here;
                here = one instanceof Map<?, ?> map ? map.get(key) : null;
            }
            return here;
        };
    }
}
