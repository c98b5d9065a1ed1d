package io.regulars.platform.smtp;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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
            result.setContent(alternatives(mail));
            result.saveChanges();
            return result;
        } catch (MessagingException | UnsupportedEncodingException e) {
            throw new IllegalArgumentException("This mail has no MIME form", e);
        }
    }

    private static String folded(String name, String value) throws UnsupportedEncodingException {
        return MimeUtility.fold(name.length() + 2, MimeUtility.encodeText(value, UTF_8, null));
    }

    /** The plain text comes first: of alternatives a reader shows the last one it understands. */
    private static MimeMultipart alternatives(Outgoing mail) throws MessagingException {
        MimeMultipart result = new MimeMultipart("alternative");
        result.addBodyPart(part(mail.text(), "plain"));
        result.addBodyPart(part(mail.html(), "html"));
        return result;
    }

    /**
     * Quoted-printable whatever the content: lines stay short, and no relay on the way needs
     * 8BITMIME.
     */
    private static MimeBodyPart part(String content, String subtype) throws MessagingException {
        MimeBodyPart result = new MimeBodyPart();
        result.setText(content, UTF_8, subtype);
        result.setHeader("Content-Transfer-Encoding", "quoted-printable");
        return result;
    }

    /** Keeps the id of the caller, where the library would make a new one for each attempt. */
    @Override
    protected void updateMessageID() {}
}
