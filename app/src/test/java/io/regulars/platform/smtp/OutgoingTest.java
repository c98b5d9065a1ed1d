package io.regulars.platform.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Address;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutgoingTest {
    private final GreenMail server =
            new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void aMailArrivesAsItWasWritten() throws Exception {
        String text = "Xin chào Lan,\n.\nmột dòng chỉ có dấu chấm\r\n..hai\n" + "dài ".repeat(600);
        String html = "<p>Quà sinh nhật</p>\n" + "<b>x</b>".repeat(400);
        MimeMessage got =
                sent(
                        Mails.with(
                                "Nguyễn Thị Lan",
                                "Hôm nay là ngày của BẠN!",
                                html,
                                text,
                                Map.of()));

        assertThat(got.getSubject()).isEqualTo("Hôm nay là ngày của BẠN!");
        assertThat(got.getMessageID()).isEqualTo("<msg_1@mail.example>");
        assertThat(got.getSentDate()).isEqualTo(Date.from(Mails.NOON));
        assertThat(only(got.getFrom()))
                .isEqualTo(new InternetAddress("hello@shop.example", "Quán Nhỏ"));
        assertThat(((InternetAddress) only(got.getFrom())).getPersonal()).isEqualTo("Quán Nhỏ");
        assertThat(((InternetAddress) got.getAllRecipients()[0]).getPersonal())
                .isEqualTo("Nguyễn Thị Lan");
        assertThat(only(got.getReplyTo()).toString()).isEqualTo("owner@shop.example");
        assertThat(got.getContentType()).startsWith("multipart/alternative");
        MimeMultipart parts = (MimeMultipart) got.getContent();
        assertThat(parts.getBodyPart(0).getContentType())
                .isEqualToIgnoringCase("text/plain; charset=UTF-8");
        assertThat(lines((String) parts.getBodyPart(0).getContent())).isEqualTo(lines(text));
        assertThat(parts.getBodyPart(1).getContentType())
                .isEqualToIgnoringCase("text/html; charset=UTF-8");
        assertThat(lines((String) parts.getBodyPart(1).getContent())).isEqualTo(lines(html));
    }

    @Test
    void noLineIsLongerThanSmtpAllowsAndAllIsAscii() throws Exception {
        Outgoing mail =
                Mails.with(
                        "Đ".repeat(200),
                        "Một tiêu đề rất dài ".repeat(30),
                        "é".repeat(5000),
                        "x".repeat(5000),
                        Map.of());
        String raw = raw(sent(mail));
        assertThat(raw.lines()).allMatch(line -> line.length() <= 998);
        assertThat(raw.chars()).allMatch(c -> c < 128);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Lan\r\nBcc: everyone@evil.example",
                "Lan\nBcc: everyone@evil.example",
                "Lan\rBcc: everyone@evil.example",
                "Lan\u2028Bcc: everyone@evil.example",
                "Lan\u0085Bcc: everyone@evil.example",
                "Lan\u0000\u000bBcc: everyone@evil.example",
            })
    void nothingInANameOrSubjectBecomesAHeader(String hostile) throws Exception {
        MimeMessage got = sent(Mails.with(hostile, hostile, "h", "t", Map.of("X-Note", hostile)));
        assertThat(got.getHeader("Bcc")).isNull();
        assertThat(got.getSubject()).isEqualTo("Lan Bcc: everyone@evil.example");
        assertThat(got.getHeader("X-Note", null)).isEqualTo("Lan Bcc: everyone@evil.example");
        assertThat(only(got.getRecipients(MimeMessage.RecipientType.TO)).toString())
                .endsWith("<lan@member.example>");
    }

    @Test
    void aNameThatLooksLikeAnAddressStaysAName() throws Exception {
        MimeMessage got = sent(Mails.mail("\"x\" <boss@bank.example>, y", "Hello"));
        assertThat(got.getAllRecipients()).hasSize(1);
        assertThat(((InternetAddress) got.getAllRecipients()[0]).getAddress())
                .isEqualTo("lan@member.example");
    }

    @Test
    void aNameCannotTurnTheWordsAroundItButKeepsItsOwnLetters() throws Exception {
        MimeMessage got = sent(Mails.mail("\u202eמשה\u200f\u2066 نور", "Hi"));
        assertThat(((InternetAddress) got.getAllRecipients()[0]).getPersonal())
                .isEqualTo("משה\u200f نور");
    }

    @Test
    void everyHostileStringTravelsAsNameAndSubjectWithoutHarm() throws Exception {
        Path strings = Path.of(System.getProperty("shared.data"), "blns", "blns.txt");
        Assumptions.assumeTrue(Files.exists(strings));
        Session session = Session.getInstance(new Properties());
        for (String hostile : Files.readAllLines(strings)) {
            Outgoing mail =
                    Mails.with(hostile, hostile, hostile, hostile, Map.of("X-Note", hostile));
            String raw = raw(MimeMail.of(mail, session));
            MimeMessage read =
                    new MimeMessage(
                            session,
                            new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8)));
            assertThat(read.getAllRecipients()).as(hostile).hasSize(1);
            assertThat(read.getSubject() == null ? "" : read.getSubject().strip())
                    .isEqualTo(HeaderText.clean(hostile).strip());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "a",
                "a@",
                "@b.example",
                "a b@c.example",
                "a@b.example\r\nRCPT TO:<x@y.example>",
                "a>@b.example",
                "<a@b.example>",
                "a@b.example, c@d.example",
                "lân@member.example",
                "a@b..example",
                "a@b@c.example"
            })
    void anAddressThatCannotBeDeliveredToIsRefused(String address) {
        assertThatIllegalArgumentException().isThrownBy(() -> Mailbox.of(address));
        assertThat(Mailbox.accepts(address)).isFalse();
    }

    @Test
    void aDomainInAnotherScriptIsWrittenInAscii() {
        assertThat(Mailbox.of("lan@bücher.example").address())
                .isEqualTo("lan@xn--bcher-kva.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "To",
                "bcc",
                "Subject",
                "Content-Type",
                "X Bad",
                "X-Bad:",
                "",
                "X-Bad\r\nBcc"
            })
    void headersOfTheMailItselfCannotBeAdded(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mails.with("Lan", "Hello", "h", "t", Map.of(name, "value")));
    }

    @Test
    void anEmptyEnvelopeSenderIsTheNullSender() throws Exception {
        Outgoing mail = Mails.mail();
        try (ScriptedRelay scripted = new ScriptedRelay();
                Relay relay = new Relay(SmtpUrl.parse(scripted.url("")))) {
            relay.deliver(
                    new Outgoing(
                            "",
                            mail.from(),
                            null,
                            mail.to(),
                            mail.subject(),
                            mail.html(),
                            mail.text(),
                            mail.messageId(),
                            Map.of(),
                            mail.date()));
            assertThat(scripted.log).contains("0 MAIL FROM:<>");
        }
    }

    private MimeMessage sent(Outgoing mail) {
        try (Relay relay =
                new Relay(SmtpUrl.parse("smtp://127.0.0.1:" + server.getSmtp().getPort()))) {
            assertThat(relay.deliver(mail)).isInstanceOf(Handover.Accepted.class);
        }
        return server.getReceivedMessages()[0];
    }

    private static String raw(MimeMessage mail) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        mail.writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Address only(Address[] addresses) {
        assertThat(addresses).hasSize(1);
        return addresses[0];
    }

    private static List<String> lines(String text) {
        return Arrays.asList(text.strip().split("\r\n|\n"));
    }
}
