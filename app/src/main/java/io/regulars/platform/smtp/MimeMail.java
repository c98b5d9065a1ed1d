package io.regulars.platform.smtp;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.angus.mail.smtp.SMTPMessage;

/**
 * The MIME form of an {@link Outgoing}: text and HTML as alternatives, and the headers as given.
 */
final class MimeMail extends SMTPMessage {
    private static final String UTF_8 = StandardCharsets.UTF_8.name();

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
            result.setFrom(mail.from().internetAddress());
            Mailbox replyTo = mail.replyTo();
            if (replyTo != null) {
                result.setReplyTo(new InternetAddress[] {replyTo.internetAddress()});
            }
            result.setRecipient(Message.RecipientType.TO, mail.to().internetAddress());
            result.setSubject(mail.subject(), UTF_8);
            result.setHeader("Date", DATE.format(mail.date()));
            result.setHeader("Message-ID", mail.messageId());
            for (Map.Entry<String, String> header : new TreeMap<>(mail.headers()).entrySet()) {
                result.setHeader(header.getKey(), folded(header.getKey(), header.getValue()));
            }
            result.setHeader("MIME-Version", "1.0");
            result.setHeader(
                    "Content-Type", "multipart/alternative;\r\n\tboundary=\"" + BOUNDARY + "\"");
            result.whole = result.written(mail);
            return result;
        } catch (MessagingException | UnsupportedEncodingException e) {
            throw new IllegalArgumentException("This mail has no MIME form", e);
        }
    }

    private static String folded(String name, String value) throws UnsupportedEncodingException {
        return MimeUtility.fold(name.length() + 2, MimeUtility.encodeText(value, UTF_8, null));
    }

    /** The plain text comes first: of alternatives a reader shows the last one it understands. */
    private byte[] written(Outgoing mail) throws MessagingException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(ROOM + 2 * mail.html().length());
        for (Enumeration<String> lines = getAllHeaderLines(); lines.hasMoreElements(); ) {
            ascii(lines.nextElement() + "\r\n", out);
        }
        part(mail.text(), "plain", out);
        part(mail.html(), "html", out);
        ascii("\r\n--" + BOUNDARY + "--\r\n", out);
        return out.toByteArray();
    }

    /**
     * Quoted-printable whatever the content: lines stay short, and no relay on the way needs
     * 8BITMIME.
     */
    private static void part(String content, String subtype, ByteArrayOutputStream out) {
        ascii(
                "\r\n--"
                        + BOUNDARY
                        + "\r\nContent-Type: text/"
                        + subtype
                        + "; charset=UTF-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
                out);
        QuotedPrintable.write(content, out);
    }

    private static void ascii(String text, ByteArrayOutputStream out) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** As it was written when it was made: once, however often it is tried. */
    @Override
    public void writeTo(OutputStream out, String[] ignored) throws IOException {
        out.write(whole);
    }

    /** Keeps the id of the caller, where the library would make a new one for each attempt. */
    @Override
    protected void updateMessageID() {}
}
