package io.regulars.platform.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.jspecify.annotations.Nullable;

/**
 * The MIME form of an {@link Outgoing}: text and HTML as alternatives, and the headers as given.
 */
final class MimeMail extends SMTPMessage {
    /** In UTC: the library would tell the world the zone of this machine. */
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.US)
                    .withZone(ZoneOffset.UTC);

    /** Quoted-printable text cannot hold it. */
    private static final String BOUNDARY = "----=_alternative";

    private static final int ROOM = 8 * 1024;

    private byte[] whole = {};

    private MimeMail(Session session) {
        super(session);
    }

    static MimeMail of(Outgoing mail, Session session) {
        try {
            MimeMail result = new MimeMail(session);
            result.setEnvelopeFrom(mail.envelopeFrom().isEmpty() ? "<>" : mail.envelopeFrom());
            result.setHeader("From", address(mail.from()));
            Mailbox replyTo = mail.replyTo();
            if (replyTo != null) {
                result.setHeader("Reply-To", address(replyTo));
            }
            result.setHeader("To", address(mail.to()));
            result.setHeader("Subject", EncodedWords.text(mail.subject(), "Subject: ".length()));
            result.setHeader("Date", DATE.format(mail.date()));
            result.setHeader("Message-ID", mail.messageId());
            for (Map.Entry<String, String> header : new TreeMap<>(mail.headers()).entrySet()) {
                result.setHeader(
                        header.getKey(),
                        EncodedWords.text(header.getValue(), header.getKey().length() + 2));
            }
            result.setHeader("MIME-Version", "1.0");
            result.setHeader(
                    "Content-Type", "multipart/alternative;\r\n\tboundary=\"" + BOUNDARY + "\"");
            result.whole = result.written(mail);
            return result;
        } catch (MessagingException e) {
            throw new IllegalArgumentException("This mail has no MIME form", e);
        }
    }

    private static String address(Mailbox mailbox) {
        return mailbox.name() == null
                ? mailbox.address()
                : EncodedWords.phrase(mailbox.name()) + "\r\n <" + mailbox.address() + ">";
    }

    /** The plain text comes first: of alternatives a reader shows the last one it understands. */
    private byte[] written(Outgoing mail) throws MessagingException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(ROOM + 2 * mail.html().length());
        for (Enumeration<String> lines = getAllHeaderLines(); lines.hasMoreElements(); ) {
            ascii(lines.nextElement() + "\r\n", out);
        }
        part(Lines.of(mail.text()), "plain", out);
        part(mail.html(), "html", out);
        ascii("\r\n--" + BOUNDARY + "--\r\n", out);
        return out.toByteArray();
    }

    /**
     * Quoted-printable whatever the content: lines stay short, and no relay on the way needs
     * 8BITMIME.
     */
    private static void part(Lines content, String subtype, ByteArrayOutputStream out) {
        ascii(
                "\r\n--"
                        + BOUNDARY
                        + "\r\nContent-Type: text/"
                        + subtype
                        + "; charset=UTF-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
                out);
        content.runs().forEach(run -> out.writeBytes(run.quotedPrintable()));
    }

    private static void ascii(String text, ByteArrayOutputStream out) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** As it was written when it was made: once, however often it is tried. */
    @Override
    public void writeTo(OutputStream out, String[] ignored) throws IOException {
        out.write(whole);
    }

    /** Asked for by the library for nobody: decoding it costs as much as all else. */
    @Override
    public @Nullable String getSubject() {
        return null;
    }

    /** Keeps the id of the caller, where the library would make a new one for each attempt. */
    @Override
    protected void updateMessageID() {}
}
