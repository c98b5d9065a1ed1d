package io.regulars.engagement.content;

import io.regulars.engagement.content.MailContent.Block;
import io.regulars.platform.http.FieldError;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether a shop's content can be kept: every fault with its place. */
public final class CheckContent {

    private static final int MOST_LOCALES = 10;
    private static final int MOST_BLOCKS = 30;
    private static final int LONGEST_SUBJECT = 200;
    private static final int LONGEST_LABEL = 80;
    private static final int LONGEST_TEXT = 5_000;
    private static final int LONGEST_URL = 1_000;
    private static final int LONGEST = 30_000;

    private static final Pattern LOCALE = Pattern.compile("[a-z]{2,3}(-[A-Z]{2})?");

    /** The fields of each type, and of them those that must be there. */
    private static final Map<MailContent.BlockType, Set<String>> FIELDS =
            new EnumMap<>(
                    Map.of(
                            MailContent.BlockType.HEADING, Set.of("text!"),
                            MailContent.BlockType.TEXT, Set.of("text!"),
                            MailContent.BlockType.BUTTON, Set.of("label!", "url!"),
                            MailContent.BlockType.IMAGE, Set.of("url!", "alt!"),
                            MailContent.BlockType.PROGRESS, Set.of("goal"),
                            MailContent.BlockType.REWARDS, Set.of(),
                            MailContent.BlockType.VOUCHER, Set.of(),
                            MailContent.BlockType.DIVIDER, Set.of()));

    private final Set<String> known;
    private final boolean service;
    private final Set<String> ownHosts;
    private final List<FieldError> errors = new ArrayList<>();

    private CheckContent(String kind, boolean service, Set<String> ownHosts) {
        this.known = Placeholders.known(kind, service);
        this.service = service;
        this.ownHosts = ownHosts;
    }

    /**
     * What a mail is for.
     *
     * @param kind of message
     * @param service whether it must not advertise
     * @param ownHosts where the shop's own pictures are: its logo's host, and its website's
     */
    public record Use(String kind, boolean service, Set<String> ownHosts) {}

    /** All that is wrong; pointers begin with {@code /content}. */
    public static List<FieldError> faults(Map<String, MailContent> content, Use use) {
        CheckContent check = new CheckContent(use.kind(), use.service(), use.ownHosts());
        if (content.size() > MOST_LOCALES) {
            check.add(
                    "/content",
                    "too_many",
                    "A mail in more than " + MOST_LOCALES + " languages is too much.");
        }
        new TreeMap<>(content)
                .forEach((locale, mail) -> check.mail("/content/" + escaped(locale), locale, mail));
        return check.errors;
    }

    private void mail(String at, String locale, @Nullable MailContent mail) {
        if (!LOCALE.matcher(locale).matches()) {
            add(at, "invalid_locale", "Must be a language such as vi, en or en-US.");
            return;
        }
        if (mail == null) {
            add(at, "required", "Must have a subject and blocks.");
            return;
        }
        required(at + "/subject", mail.subject(), LONGEST_SUBJECT);
        oneLine(at + "/subject", mail.subject());
        if (mail.preheader() != null) {
            required(at + "/preheader", mail.preheader(), LONGEST_SUBJECT);
            oneLine(at + "/preheader", mail.preheader());
        }
        if (mail.blocks() == null
                || mail.blocks().isEmpty()
                || mail.blocks().size() > MOST_BLOCKS) {
            add(at + "/blocks", "out_of_range", "Must have 1 to " + MOST_BLOCKS + " blocks.");
            return;
        }
        long length = 0;
        for (int i = 0; i < mail.blocks().size(); i++) {
            Block block = mail.blocks().get(i);
            length += block == null ? 0 : block.said().length();
            block(at + "/blocks/" + i, block);
        }
        if (length > LONGEST) {
            add(
                    at + "/blocks",
                    "too_long",
                    "Must have " + LONGEST + " characters of text at most, or mailboxes clip it.");
        }
    }

    private void block(String at, @Nullable Block block) {
        if (block == null || block.type() == null) {
            add(at + "/type", "required", "Must say what the block is.");
            return;
        }
        if (service && block.type() == MailContent.BlockType.VOUCHER) {
            add(
                    at + "/type",
                    "not_for_this_kind",
                    "A mail that members get without having asked for advertising must hold no offer.");
        }
        Set<String> fields = Optional.ofNullable(FIELDS.get(block.type())).orElse(Set.of());
        Map<String, Optional<?>> said =
                Map.of(
                        "text", Optional.ofNullable(block.text()),
                        "label", Optional.ofNullable(block.label()),
                        "url", Optional.ofNullable(block.url()),
                        "alt", Optional.ofNullable(block.alt()),
                        "goal", Optional.ofNullable(block.goal()));
        new TreeMap<>(said)
                .forEach((field, value) -> {
                    boolean must = fields.contains(field + "!");
                    if (must && value.isEmpty()) {
                        add(at + "/" + field, "required", "Must be there.");
                    }
                    if (value.isPresent() && !must && !fields.contains(field)) {
                        add(
                                at + "/" + field,
                                "not_for_this_type",
                                "Means nothing for " + key(block.type()) + ".");
                    }
                });
        if (block.text() != null) {
            required(at + "/text", block.text(), LONGEST_TEXT);
        }
        if (block.label() != null) {
            required(at + "/label", block.label(), LONGEST_LABEL);
            oneLine(at + "/label", block.label());
        }
        if (block.alt() != null) {
            required(at + "/alt", block.alt(), LONGEST_SUBJECT);
            oneLine(at + "/alt", block.alt());
        }
        if (block.url() != null) {
            url(at + "/url", block.url(), block.type() == MailContent.BlockType.IMAGE);
        }
    }

    private void required(String at, @Nullable String text, int longest) {
        try {
            SafeText.parse(text == null ? "" : text, known, Placeholders.optional());
            if (text == null
                    || text.isBlank()
                    || text.length() > longest
                    || text.indexOf('\0') >= 0) {
                add(at, "invalid_text", "Must have 1 to " + longest + " characters.");
            }
        } catch (SafeText.Refused e) {
            errors.add(
                    new FieldError(
                            at,
                            e.code,
                            "Line " + e.line + ", column " + e.column + ": " + e.getMessage(),
                            e.line,
                            e.column));
        }
    }

    private void oneLine(String at, @Nullable String text) {
        if (text != null && text.chars().anyMatch(c -> c == '\n' || c == '\r')) {
            add(at, "invalid_text", "Must be one line.");
        }
    }

    /** No placeholders: what a shop knows of a member is not to be handed on in an address. */
    private void url(String at, String text, boolean picture) {
        URI uri = uri(text);
        if (text.length() > LONGEST_URL
                || uri == null
                || uri.getHost() == null
                || !"https".equalsIgnoreCase(uri.getScheme())
                || uri.getUserInfo() != null) {
            add(at, "invalid_url", "Must be an address that begins with https://.");
        } else if (picture && !isOwn(uri.getHost().toLowerCase(Locale.ROOT))) {
            add(
                    at,
                    "foreign_picture",
                    ownHosts.isEmpty()
                            ? "Pictures come from the host of the program's logo or the shop's website; neither is set."
                            : "Pictures come from the shop's own hosts: "
                                    + String.join(", ", ownHosts.stream().sorted().toList())
                                    + ".");
        }
    }

    private boolean isOwn(String host) {
        return ownHosts.stream().anyMatch(own -> host.equals(own) || host.endsWith("." + own));
    }

    /** The host of an address, without its www; empty for what is none. */
    public static Optional<String> host(@Nullable String address) {
        URI uri = address == null ? null : uri(address);
        return Optional.ofNullable(uri)
                .map(URI::getHost)
                .map(host -> host.toLowerCase(Locale.ROOT))
                .map(host -> host.startsWith("www.") ? host.substring(4) : host)
                .filter(host -> host.contains("."));
    }

    private static @Nullable URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private void add(String at, String code, String detail) {
        errors.add(new FieldError(at, code, detail));
    }

    private static String key(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String escaped(String part) {
        return part.replace("~", "~0").replace("/", "~1");
    }
}
