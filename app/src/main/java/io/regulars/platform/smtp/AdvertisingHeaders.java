package io.regulars.platform.smtp;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The headers every advertising mail carries: one-click unsubscribe (RFC 8058, RFC 2369), the list
 * (RFC 2919) and our own opaque message id, by which bounces and complaints are matched.
 */
public final class AdvertisingHeaders {
    private static final Pattern LIST_ID = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)+");

    /**
     * A comma would begin a second address, an angle bracket end this one (RFC 2369, section 2).
     */
    private static final Pattern BREAKS_OUT = Pattern.compile("[,<>]");

    private static final Pattern OPAQUE_ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private AdvertisingHeaders() {}

    /** The same where no mail is taken in. */
    public static Map<String, String> of(URI unsubscribe, String listId, String messageId) {
        return of(unsubscribe, listId, messageId, null);
    }

    /**
     * Makes the headers of one message.
     *
     * @param unsubscribe the page whose POST unsubscribes; https but for a service tried out on its
     *     own machine
     * @param listId what the member is subscribed to, as a dotted name
     *     ("offers.corner-shop.mail.example")
     * @param messageId our id of the message, opaque to others
     * @param unsubscribeAddress to which a mail says no as well; null where none is taken in
     */
    public static Map<String, String> of(
            URI unsubscribe, String listId, String messageId, @Nullable String unsubscribeAddress) {
        String url = HeaderText.requirePrintable("The unsubscribe link", unsubscribe.toString());
        boolean web =
                "https".equalsIgnoreCase(unsubscribe.getScheme())
                        || "http".equalsIgnoreCase(unsubscribe.getScheme());
        if (!web || unsubscribe.getHost() == null || BREAKS_OUT.matcher(url).find()) {
            throw new IllegalArgumentException(
                    "The unsubscribe link must be a web address without commas");
        }
        if (!LIST_ID.matcher(listId).matches()) {
            throw new IllegalArgumentException("A list id is a dotted name");
        }
        if (!OPAQUE_ID.matcher(messageId).matches()) {
            throw new IllegalArgumentException("A message id is made of letters, digits and ._-");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(
                "List-Unsubscribe",
                "<"
                        + url
                        + ">"
                        + (unsubscribeAddress == null
                                ? ""
                                : ", <mailto:"
                                        + HeaderText.requirePrintable(
                                                "The unsubscribe address", unsubscribeAddress)
                                        + "?subject=unsubscribe>"));
        headers.put("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        headers.put("List-Id", "<" + listId + ">");
        headers.put("X-Regulars-Message", messageId);
        return headers;
    }
}
