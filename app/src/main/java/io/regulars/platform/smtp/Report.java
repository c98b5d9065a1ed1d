package io.regulars.platform.smtp;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What a mail server or a mailbox provider has to say of a mail that we sent. */
public sealed interface Report {

    /**
     * It was not delivered (RFC 3464).
     *
     * @param hard the address does not work, and will not
     * @param reason the other server's words
     */
    record Bounce(boolean hard, String reason) implements Report {}

    /**
     * The reader called it spam (RFC 5965).
     *
     * @param messageId of the mail that it is about, without brackets; empty if it was left out
     */
    record Complaint(Optional<String> messageId) implements Report {}

    /** An absence, a greeting, a delay that is not over: nothing to act on. */
    record Nothing() implements Report {}

    /** Reads a mail that came in. What cannot be read says nothing. */
    static Report of(byte[] raw) {
        try {
            MimeMessage mail =
                    new MimeMessage(
                            Session.getInstance(new Properties()), new ByteArrayInputStream(raw));
            return Reading.report(mail);
        } catch (MessagingException | IOException e) {
            return new Nothing();
        }
    }

    /** How reports are read. */
    final class Reading {

        private static final int MOST_PARTS = 20;
        private static final int DEEPEST = 4;
        private static final int LARGEST_PART = 64 * 1024;
        private static final int LONGEST_REASON = 500;

        private Reading() {}

        private static Report report(MimeMessage mail) throws MessagingException, IOException {
            Optional<byte[]> feedback = find(mail, "message/feedback-report", 0);
            if (feedback.isPresent()) {
                return complaint(mail, feedback.get());
            }
            Optional<byte[]> status = find(mail, "message/delivery-status", 0);
            return status.isPresent() ? bounce(status.get()) : new Nothing();
        }

        private static Report bounce(byte[] status) throws MessagingException {
            InputStream in = new ByteArrayInputStream(status);
            Report result = new Nothing();
            // The first block is about the whole, each other about one recipient.
            for (int block = 0; block < MOST_PARTS && available(in); block++) {
                InternetHeaders fields = new InternetHeaders(in);
                String action = value(fields, "Action");
                String code = value(fields, "Status").strip();
                if (action.toLowerCase(Locale.ROOT).startsWith("failed")) {
                    boolean hard = StatusCode.isHard(code);
                    result = new Bounce(hard, reason(code, value(fields, "Diagnostic-Code")));
                }
            }
            return result;
        }

        private static Report complaint(MimeMessage mail, byte[] feedback)
                throws MessagingException, IOException {
            InternetHeaders fields = new InternetHeaders(new ByteArrayInputStream(feedback));
            if (value(fields, "Feedback-Type").strip().equalsIgnoreCase("not-spam")) {
                return new Nothing();
            }
            Optional<byte[]> original = find(mail, "message/rfc822", 0);
            if (original.isEmpty()) {
                original = find(mail, "text/rfc822-headers", 0);
            }
            if (original.isEmpty()) {
                return new Complaint(Optional.empty());
            }
            String id =
                    value(
                            new InternetHeaders(new ByteArrayInputStream(original.get())),
                            "Message-ID");
            String bare = id.strip().replaceAll("^<|>$", "");
            return new Complaint(bare.isEmpty() ? Optional.empty() : Optional.of(bare));
        }

        private static Optional<byte[]> find(Part part, String type, int depth)
                throws MessagingException, IOException {
            if (part.isMimeType(type)) {
                try (InputStream in = part.getInputStream()) {
                    return Optional.of(in.readNBytes(LARGEST_PART));
                }
            }
            if (depth < DEEPEST
                    && part.isMimeType("multipart/*")
                    && part.getContent() instanceof Multipart parts) {
                for (int i = 0; i < Math.min(parts.getCount(), MOST_PARTS); i++) {
                    BodyPart inner = parts.getBodyPart(i);
                    Optional<byte[]> found = find(inner, type, depth + 1);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
            return Optional.empty();
        }

        private static boolean available(InputStream in) {
            try {
                return in.available() > 0;
            } catch (IOException e) {
                return false;
            }
        }

        private static String value(InternetHeaders fields, String name) {
            @Nullable String value = fields.getHeader(name, " ");
            return value == null ? "" : value;
        }

        private static String reason(String code, String diagnostic) {
            String text =
                    HeaderText.clean(
                            new String(
                                    (code + " " + diagnostic).getBytes(StandardCharsets.UTF_8),
                                    StandardCharsets.UTF_8));
            return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON);
        }
    }
}
