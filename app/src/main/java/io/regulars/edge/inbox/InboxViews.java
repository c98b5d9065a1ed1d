package io.regulars.edge.inbox;

import io.regulars.platform.smtp.CapturedContent;
import io.regulars.platform.smtp.CapturedMail;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the templates of the inbox are filled with. */
final class InboxViews {

    /** Enough of a mail's source to look into; the whole is in the JSON. */
    private static final int SOURCE_SHOWN = 200_000;

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private InboxViews() {}

    static Map<String, Object> list(List<CapturedMail> mails, @Nullable String to) {
        Map<String, Object> model = new HashMap<>();
        model.put("mails", mails.stream().map(InboxViews::line).toList());
        if (to != null) {
            model.put("to", to);
        }
        return model;
    }

    static Map<String, Object> mail(String id, CapturedContent content) {
        Map<String, String> headers = content.headers();
        return Map.of(
                "id", id,
                "subject", headers.getOrDefault("Subject", ""),
                "from", headers.getOrDefault("From", ""),
                "to", headers.getOrDefault("To", ""),
                "date", headers.getOrDefault("Date", ""),
                "links", LinksIn.text(content.text()),
                "has_html", !content.html().isBlank(),
                "text", content.text(),
                "source", shortened(content.raw()));
    }

    private static Map<String, String> line(CapturedMail mail) {
        Instant sent = mail.sentAt();
        return Map.of(
                "id", mail.id(),
                "from", mail.from(),
                "to", mail.to(),
                "subject", mail.subject(),
                "sent", MINUTE.format(sent),
                "sent_exact", sent.toString());
    }

    private static String shortened(String source) {
        return source.length() <= SOURCE_SHOWN ? source : source.substring(0, SOURCE_SHOWN) + "\n…";
    }
}
