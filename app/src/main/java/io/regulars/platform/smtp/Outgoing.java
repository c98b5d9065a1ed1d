package io.regulars.platform.smtp;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A finished mail. The message id is the caller's and stays the same over all attempts, so that a
 * receiver who got the mail twice can tell. An empty {@code envelopeFrom} is the null sender. Extra
 * headers may not name those that are made from the other components.
 */
public record Outgoing(
        String envelopeFrom,
        Mailbox from,
        @Nullable Mailbox replyTo,
        Mailbox to,
        String subject,
        Lines html,
        String text,
        String messageId,
        Map<String, String> headers,
        Instant date) {
    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>@\\s]+@[^<>@\\s]+>");
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9-]{1,60}");
    private static final Set<String> OWN_HEADERS =
            Set.of(
                    "from",
                    "sender",
                    "reply-to",
                    "to",
                    "cc",
                    "bcc",
                    "subject",
                    "date",
                    "message-id",
                    "mime-version",
                    "return-path",
                    "received");

    public Outgoing {
        envelopeFrom = envelopeFrom.isEmpty() ? "" : Mailbox.checked(envelopeFrom);
        subject = HeaderText.clean(subject);
        HeaderText.requirePrintable("A message id", messageId);
        if (!MESSAGE_ID.matcher(messageId).matches()) {
            throw new IllegalArgumentException("A message id looks like <left@right>");
        }
        headers = checked(headers);
    }

    private static Map<String, String> checked(Map<String, String> headers) {
        Map<String, String> result = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!HEADER_NAME.matcher(name).matches()
                    || OWN_HEADERS.contains(lower)
                    || lower.startsWith("content-")) {
                throw new IllegalArgumentException(
                        "Not a header to add: " + HeaderText.clean(name));
            }
            result.put(name, HeaderText.clean(value));
        });
        return Map.copyOf(result);
    }
}
