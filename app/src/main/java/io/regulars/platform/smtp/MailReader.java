package io.regulars.platform.smtp;

import jakarta.mail.BodyPart;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MailDateFormat;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Reads captured mails. What is malformed is shown as it stands, never refused: an inbox shows what
 * came.
 */
final class MailReader {
    private static final Session SESSION = Session.getInstance(new Properties());

    private MailReader() {}

    static CapturedMail summary(String id, InputStream mail, Instant arrived)
            throws MessagingException {
        InternetHeaders headers = new InternetHeaders(mail);
        String to = headers.getHeader("Delivered-To", null);
        return new CapturedMail(
                id,
                bareAddress(headers.getHeader("From", ",")),
                bareAddress(to == null ? headers.getHeader("To", ",") : to),
                decoded(headers.getHeader("Subject", " ")),
                date(headers.getHeader("Date", null), arrived));
    }

    static CapturedContent content(byte[] raw) throws MessagingException, IOException {
        MimeMessage mail = new MimeMessage(SESSION, new ByteArrayInputStream(raw));
        Map<String, String> headers = new LinkedHashMap<>();
        for (Enumeration<Header> all = mail.getAllHeaders(); all.hasMoreElements(); ) {
            Header header = all.nextElement();
            headers.merge(
                    header.getName(),
                    decoded(header.getValue()),
                    (first, next) -> first + "\n" + next);
        }
        return new CapturedContent(
                headers,
                found(mail, "text/plain"),
                found(mail, "text/html"),
                new String(raw, StandardCharsets.UTF_8));
    }

    private static String found(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return part.getContent() instanceof String text ? text : "";
        }
        if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart inner = parts.getBodyPart(i);
                String text = found(inner, type);
                if (!text.isEmpty()) {
                    return text;
                }
            }
        }
        return "";
    }

    private static String bareAddress(@Nullable String header) {
        if (header == null) {
            return "";
        }
        try {
            InternetAddress[] addresses = InternetAddress.parseHeader(header, false);
            return addresses.length == 0 ? "" : addresses[0].getAddress();
        } catch (AddressException e) {
            return decoded(header);
        }
    }

    private static String decoded(@Nullable String value) {
        if (value == null) {
            return "";
        }
        try {
            return MimeUtility.decodeText(MimeUtility.unfold(value));
        } catch (UnsupportedEncodingException e) {
            return value;
        }
    }

    private static Instant date(@Nullable String header, Instant arrived) {
        if (header == null) {
            return arrived;
        }
        try {
            return new MailDateFormat().parse(header).toInstant();
        } catch (ParseException e) {
            return arrived;
        }
    }
}
