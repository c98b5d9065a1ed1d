package io.regulars.tenancy.accountmail;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.text.StringSubstitutor;
import org.jspecify.annotations.Nullable;

/** Writes all notices, in the words of {@code account-notices.yml}. */
public final class AccountNotices implements Letter {

    private static final String TEMPLATE = "account_notice";
    private static final String WORDS = "/account-notices.yml";

    private final Map<String, Map<String, Words>> words = read();
    private final Map<String, NoticeSource> sources = new ConcurrentHashMap<>();

    record Words(String title, List<String> paragraphs, @Nullable String button) {}

    /** Another kind of notice; before the start only. */
    public void add(NoticeSource source) {
        if (!words.containsKey(source.kind())) {
            throw new IllegalStateException("no words for " + source.kind());
        }
        sources.put(source.kind(), source);
    }

    /** Plans a notice; wake the {@link AccountMailer} after the commit. */
    public static void plan(
            AccountMailDao mails, String kind, String recipient, String about, Instant now) {
        mails.plan(TEMPLATE, recipient, kind + ":" + about, now);
    }

    /**
     * Plans a notice to whomever somebody named, unless they got several of this kind within the
     * hour.
     *
     * @return whether it was planned
     */
    public static boolean planAskedFor(
            AccountMailDao mails, String kind, String recipient, String about, Instant now) {
        return mails.planAskedFor(TEMPLATE, recipient, kind + ":" + about, kind + ":", now);
    }

    @Override
    public String template() {
        return TEMPLATE;
    }

    @Override
    public Optional<Content> content(String recipient, @Nullable String subject) {
        if (subject == null) {
            return Optional.empty();
        }
        int colon = subject.indexOf(':');
        String kind = subject.substring(0, colon);
        NoticeSource source = sources.get(kind);
        if (source == null) {
            throw new IllegalStateException("nobody writes notices of " + kind);
        }
        return source.notice(recipient, subject.substring(colon + 1))
                .map(notice -> new Content(notice.locale(), model(kind, notice)));
    }

    private Map<String, Object> model(String kind, Notice notice) {
        Map<String, Words> languages = words.getOrDefault(kind, Map.of());
        String language = notice.locale().getLanguage().equals("vi") ? "vi" : "en";
        Words said = languages.get(language);
        if (said == null) {
            throw new IllegalStateException("no words for " + kind + " in " + language);
        }
        // What is filled in comes from people: it is not looked through for further names.
        StringSubstitutor filled =
                new StringSubstitutor(notice.values())
                        .setDisableSubstitutionInValues(true)
                        .setEnableUndefinedVariableException(true);
        Map<String, Object> model = new HashMap<>(AccountLinks.service());
        model.put("title", oneLine(filled.replace(said.title())));
        model.put(
                "paragraphs",
                said.paragraphs().stream()
                        .map(text -> Map.of("text", filled.replace(text)))
                        .toList());
        if (notice.link() != null && said.button() != null) {
            model.put("link", notice.link().toString());
            model.put("button", said.button());
        }
        return model;
    }

    private static String oneLine(String title) {
        return title.replaceAll("\\s+", " ").strip();
    }

    private static Map<String, Map<String, Words>> read() {
        try (InputStream in = AccountNotices.class.getResourceAsStream(WORDS)) {
            if (in == null) {
                throw new IllegalStateException(WORDS + " is not in the jar");
            }
            return new ObjectMapper(new YAMLFactory())
                    .readValue(in, new TypeReference<Map<String, Map<String, Words>>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The reader's language, told by a tag. */
    public static Locale locale(@Nullable String tag) {
        return tag == null ? Locale.ENGLISH : Locale.forLanguageTag(tag);
    }
}
