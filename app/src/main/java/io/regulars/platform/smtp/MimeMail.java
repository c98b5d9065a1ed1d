package io.regulars.platform.smtp;

import jakarta.mail.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
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
        MimeMail result = new MimeMail(session);
        result.setEnvelopeFrom(mail.envelopeFrom().isEmpty() ? "<>" : mail.envelopeFrom());
        result.whole = written(mail);
        return result;
    }

    private static String address(Mailbox mailbox) {
        return mailbox.name() == null
                ? mailbox.address()
                : EncodedWords.phrase(mailbox.name()) + "\r\n <" + mailbox.address() + ">";
    }

    /**
     * Headers are not given to the library: it looks through all it knows for each. The plain text
     * comes first: of alternatives a reader shows the last one it understands.
     */
    private static byte[] written(Outgoing mail) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(ROOM + 2 * mail.html().length());
        header("Date", DATE.format(mail.date()), out);
        header("From", address(mail.from()), out);
        Mailbox replyTo = mail.replyTo();
        if (replyTo != null) {
            header("Reply-To", address(replyTo), out);
        }
        header("To", address(mail.to()), out);
        header("Message-ID", mail.messageId(), out);
        header("Subject", EncodedWords.text(mail.subject(), "Subject: ".length()), out);
        new TreeMap<>(mail.headers())
                .forEach((name, value) ->
                        header(name, EncodedWords.text(value, name.length() + 2), out));
        header("MIME-Version", "1.0", out);
        header("Content-Type", "multipart/alternative;\r\n\tboundary=\"" + BOUNDARY + "\"", out);
        part(Lines.of(mail.text()), "plain", out);
        part(mail.html(), "html", out);
        ascii("\r\n--" + BOUNDARY + "--\r\n", out);
        return out.toByteArray();
    }

    private static void header(String name, String value, ByteArrayOutputStream out) {
        ascii(name + ": " + value + "\r\n", out);
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
