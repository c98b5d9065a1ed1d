package io.regulars.engagement.content;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.regulars.engagement.content.MailContent.Block;
import io.regulars.engagement.content.MailContent.BlockType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes of a shop's content what our templates show of it to one member. */
public final class FillContent {

    private static final int LONGEST_LINE = 400;
    private static final int LONGEST_TEXT = 12_000;
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern BETWEEN_PARAGRAPHS = Pattern.compile("\\n[ \\t]*\\n\\s*");

    /** Of texts, in characters, that are kept read: a mail to everybody fills the same ones. */
    private static final long KEPT = 1_000_000;

    private static final Cache<Written, SafeText> READ =
            Caffeine.newBuilder()
                    .maximumWeight(KEPT)
                    .weigher((Written written, SafeText read) -> 100 + written.text().length())
                    .build();

    private FillContent() {}

    /** A text as it was saved, and in what kind of mail. */
    private record Written(String kind, String text) {}

    /**
     * The content in the reader's language, else in the shop's, else in any: a shop that wrote its
     * mail in one language means it for everybody.
     */
    public static Optional<Chosen> choose(
            Map<String, MailContent> content, Locale reader, Locale shop) {
        for (Locale locale : List.of(reader, shop)) {
            for (String tag : List.of(locale.toLanguageTag(), locale.getLanguage())) {
                MailContent found = content.get(tag);
                if (found != null) {
                    return Optional.of(new Chosen(Locale.forLanguageTag(tag), found));
                }
            }
        }
        return content.entrySet().stream()
                .min(Map.Entry.comparingByKey())
                .map(entry -> new Chosen(Locale.forLanguageTag(entry.getKey()), entry.getValue()));
    }

    /** A mail in one language. */
    public record Chosen(Locale locale, MailContent content) {}

    /**
     * The part {@code content} of a mail's model.
     *
     * @param kind of message
     * @param model all else that is known of the mail
     */
    public static Map<String, Object> model(
            String kind, MailContent content, Map<String, Object> model) {
        Map<String, String> values = Placeholders.values(kind, model);
        List<Map<String, Object>> blocks = new ArrayList<>();
        for (Block block : content.blocks()) {
            block(kind, block, values).ifPresent(blocks::add);
        }
        // An offer without its code would be a promise that cannot be kept.
        boolean shown = content.blocks().stream().anyMatch(b -> b.type() == BlockType.VOUCHER);
        if (model.containsKey("voucher") && !shown) {
            blocks.add(Map.of("type", "voucher"));
        }
        Map<String, Object> filled = new LinkedHashMap<>();
        filled.put("subject", line(kind, content.subject(), values));
        filled.put(
                "preheader",
                line(
                        kind,
                        Objects.requireNonNullElseGet(
                                content.preheader(), () -> firstText(content)),
                        values));
        filled.put("blocks", blocks);
        return filled;
    }

    /** The parts of such a model, in their order. */
    @SuppressWarnings("unchecked")
    public static List<Map<String, Object>> blocks(Map<?, ?> content) {
        return content.get("blocks") instanceof List<?> blocks
                ? (List<Map<String, Object>>) blocks
                : List.of();
    }

    /** The same content with its buttons leading straight to where they lead. */
    public static Map<String, Object> uncounted(Map<?, ?> content) {
        Map<String, Object> straight = new LinkedHashMap<>();
        content.forEach((key, value) -> straight.put(String.valueOf(key), value));
        straight.put(
                "blocks",
                blocks(content).stream()
                        .map(block -> {
                            Map<String, Object> copy = new LinkedHashMap<>(block);
                            Object target = copy.remove("target");
                            if (target != null) {
                                copy.put("url", target);
                            }
                            return copy;
                        })
                        .toList());
        return straight;
    }

    private static Optional<Map<String, Object>> block(
            String kind, Block block, Map<String, String> values) {
        Map<String, Object> filled = new LinkedHashMap<>();
        filled.put("type", block.type().name().toLowerCase(Locale.ROOT));
        switch (block.type()) {
            case HEADING -> filled.put("text", line(kind, block.said(), values));
            case TEXT -> {
                List<List<String>> paragraphs = paragraphs(fill(kind, block.said(), values));
                if (paragraphs.isEmpty()) {
                    return Optional.empty();
                }
                filled.put("paragraphs", paragraphs);
            }
            case BUTTON -> {
                filled.put("label", line(kind, text(block.label()), values));
                filled.put("url", text(block.url()));
            }
            case IMAGE -> {
                filled.put("url", text(block.url()));
                filled.put("alt", line(kind, text(block.alt()), values));
            }
            case PROGRESS -> {
                if (block.goal() != null) {
                    filled.put("goal", block.goal().name().toLowerCase(Locale.ROOT));
                }
            }
            case REWARDS, VOUCHER, DIVIDER -> {
                // They show what is in the model already.
            }
        }
        boolean empty = filled.containsValue("") && block.type() != BlockType.IMAGE;
        return empty ? Optional.empty() : Optional.of(filled);
    }

    private static String firstText(MailContent content) {
        return content.blocks().stream()
                .filter(block -> block.type() == BlockType.TEXT)
                .map(Block::said)
                .findFirst()
                .orElseGet(content::subject);
    }

    /** Paragraphs stand apart by an empty line; each is a list of lines. */
    private static List<List<String>> paragraphs(String text) {
        return Arrays.stream(BETWEEN_PARAGRAPHS.split(text.strip(), -1))
                .filter(paragraph -> !paragraph.isBlank())
                .map(paragraph -> List.of(paragraph.strip().split("\\n", -1)))
                .toList();
    }

    private static String line(String kind, String text, Map<String, String> values) {
        String line = SPACES.matcher(fill(kind, text, values)).replaceAll(" ").strip();
        return line.length() <= LONGEST_LINE
                ? line
                : line.substring(0, line.offsetByCodePoints(0, 200)) + "…";
    }

    private static String fill(String kind, String text, Map<String, String> values) {
        return READ.get(new Written(kind, text), FillContent::read).fill(values, LONGEST_TEXT);
    }

    private static SafeText read(Written written) {
        try {
            // What was allowed when it was saved stays allowed: the service's part of the list is
            // asked for at saving only.
            return SafeText.parse(
                    written.text().replace("\r\n", "\n").replace('\r', '\n'),
                    Placeholders.known(written.kind(), false),
                    Set.of());
        } catch (SafeText.Refused e) {
            throw new IllegalStateException("content that was checked cannot be read", e);
        }
    }

    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }
}
