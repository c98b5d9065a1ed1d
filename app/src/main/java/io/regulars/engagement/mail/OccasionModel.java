package io.regulars.engagement.mail;

import io.regulars.engagement.tracking.AnswerLinks;
import io.regulars.loyalty.program.LocalText;
import io.regulars.loyalty.program.TierScheme;
import io.regulars.platform.db.TenantRef;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** What mails say of the event that they answer to, and the question that they ask. */
final class OccasionModel {

    private static final int BEST = 10;

    private final AnswerLinks links;

    OccasionModel(AnswerLinks links) {
        this.links = links;
    }

    /** Adds what this kind of mail says besides what is in every mail. */
    void add(
            TenantRef side,
            MessageRow message,
            Map<String, Object> event,
            Wording words,
            Map<String, Object> model) {
        switch (message.kind()) {
            case "thank_you" -> thanks(event, words, model);
            case "tier_changed" -> tier(event, words, model);
            case Notice.TEMPLATE -> {
                if (message.model() != null) {
                    model.put(
                            Notice.TEMPLATE,
                            message.model().getOrDefault(Notice.TEMPLATE, Map.of()));
                }
            }
            case "nps" -> model.put("scores", scores(links.sign(side, message.id().uuid())));
            default -> {
                // All that the others say is in every mail.
            }
        }
    }

    private static void thanks(
            Map<String, Object> event, Wording words, Map<String, Object> model) {
        if (event.get("points_earned") instanceof Number points && points.longValue() > 0) {
            model.put("earned", words.points(points.longValue()));
        }
    }

    private static void tier(Map<String, Object> event, Wording words, Map<String, Object> model) {
        Optional<TierScheme> scheme = words.program().tierScheme();
        // A mail that is only tried out has no event: it shows the first step.
        String from = Objects.toString(event.get("from"), level(scheme, 0));
        String to = Objects.toString(event.get("to"), level(scheme, 1));
        Map<String, Object> tier = new LinkedHashMap<>();
        tier.put("name", name(scheme, to, words));
        tier.put("from", name(scheme, from, words));
        tier.put("rose", scheme.map(s -> s.rank(to) > s.rank(from)).orElse(false));
        List<String> perks =
                scheme.flatMap(s -> s.level(to)).map(TierScheme.Level::perks).stream()
                        .flatMap(List::stream)
                        .map(perk -> perk.in(words.locale()))
                        .toList();
        if (!perks.isEmpty()) {
            tier.put("perks", perks);
        }
        model.put("change", tier);
    }

    private static String level(Optional<TierScheme> scheme, int rank) {
        return scheme.filter(s -> s.levels().size() > rank)
                .map(s -> s.levels().get(rank).key())
                .orElse("");
    }

    private static String name(Optional<TierScheme> scheme, String key, Wording words) {
        return scheme.flatMap(s -> s.level(key))
                .map(TierScheme.Level::name)
                .map((LocalText name) -> name.in(words.locale()))
                .orElse(key);
    }

    private static List<Map<String, Object>> scores(URI link) {
        return IntStream.rangeClosed(0, BEST)
                .<Map<String, Object>>mapToObj(score ->
                        Map.of("score", Integer.toString(score), "link", link + "?score=" + score))
                .toList();
    }
}
