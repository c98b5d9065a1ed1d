package io.regulars.platform.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxTest {
    private static final Instant ARRIVED = Instant.parse("2026-11-22T12:00:05Z");

    @TempDir Path directory;

    @Test
    void whatTheRelayIsGivenLiesInTheInbox() throws IOException {
        Inbox inbox = inbox();
        try (CaptureServer server = CaptureServer.start(inbox);
                Relay relay = new Relay(server.url())) {
            Outgoing mail =
                    Mails.with(
                            "Lan",
                            "Hôm nay là ngày của BẠN!",
                            "<p>Quà</p>",
                            "Quà\n.\nhết",
                            Map.of("X-A", "đ"));
            assertThat(relay.deliver(mail)).isInstanceOf(Handover.Accepted.class);
        }
        List<CapturedMail> mails = inbox.list(null, 10);
        assertThat(mails).hasSize(1);
        CapturedMail mail = mails.getFirst();
        assertThat(mail)
                .isEqualTo(
                        new CapturedMail(
                                mail.id(),
                                "hello@shop.example",
                                "lan@member.example",
                                "Hôm nay là ngày của BẠN!",
                                Mails.NOON));
        CapturedContent content = inbox.get(mail.id()).orElseThrow();
        assertThat(content.text().lines()).containsExactly("Quà", ".", "hết");
        assertThat(content.html()).isEqualTo("<p>Quà</p>");
        assertThat(content.headers())
                .containsEntry("Subject", "Hôm nay là ngày của BẠN!")
                .containsEntry("From", "Quán Nhỏ <hello@shop.example>")
                .containsEntry("Return-Path", "<bounce+1@mail.example>")
                .containsEntry("X-A", "đ");
        assertThat(content.raw()).contains("Message-ID: <msg_1@mail.example>");
    }

    @Test
    void listsTheNewestFirstAndByWholeAddressWhateverItsCase() throws IOException {
        Inbox inbox = inbox();
        keep(inbox, "Lan@Member.example", "one");
        keep(inbox, "an@member.example", "two");
        keep(inbox, "lan@member.example", "three");
        assertThat(subjects(inbox, null, 10)).containsExactly("three", "two", "one");
        assertThat(subjects(inbox, null, 2)).containsExactly("three", "two");
        assertThat(subjects(inbox, "LAN@member.example", 10)).containsExactly("three", "one");
        assertThat(subjects(inbox, "member.example", 10)).isEmpty();
    }

    @Test
    void isFoundAgainAfterARestartAlsoWhenTheClockWentBack() throws IOException {
        Inbox before = inbox();
        keep(before, "a@b.example", "one");
        keep(before, "a@b.example", "two");
        Files.writeString(directory.resolve("000000000000001.tmp"), "cut off");
        Files.writeString(directory.resolve("notes.txt"), "not ours");

        Inbox after = new Inbox(directory, () -> ARRIVED.minusSeconds(86_400));
        assertThat(after.list(null, 10)).isEqualTo(before.list(null, 10));
        keep(after, "a@b.example", "three");
        assertThat(subjects(after, null, 10)).containsExactly("three", "two", "one");
        assertThat(directory.resolve("000000000000001.tmp")).doesNotExist();
    }

    @Test
    void keepsOnlyTheNewest() throws IOException {
        Inbox inbox = new Inbox(directory, () -> ARRIVED, 3);
        for (int i = 1; i <= 5; i++) {
            keep(inbox, "a@b.example", "mail " + i);
        }
        assertThat(subjects(inbox, null, 10)).containsExactly("mail 5", "mail 4", "mail 3");
        assertThat(files()).isEqualTo(3);
        assertThat(subjects(new Inbox(directory, () -> ARRIVED, 2), null, 10))
                .containsExactly("mail 5", "mail 4");
        assertThat(files()).isEqualTo(2);
    }

    @Test
    void anIdCannotLeadOutOfTheInbox() throws IOException {
        Inbox inbox = inbox();
        keep(inbox, "a@b.example", "one");
        Files.writeString(directory.resolveSibling("secret.eml"), "Subject: secret\r\n\r\n");
        assertThat(inbox.get("../secret")).isEmpty();
        assertThat(inbox.get("")).isEmpty();
        assertThat(inbox.get("999999999999999")).isEmpty();
    }

    @Test
    void showsWhatCameEvenIfItIsNoProperMail() throws IOException {
        Inbox inbox = inbox();
        inbox.keep(
                "",
                "a@b.example",
                "From: =?broken\r\nDate: never\r\n\r\nbody".getBytes(StandardCharsets.UTF_8));
        CapturedMail mail = inbox.list(null, 1).getFirst();
        assertThat(mail.sentAt()).isEqualTo(ARRIVED);
        assertThat(inbox.get(mail.id()).orElseThrow().text()).isEqualTo("body");
    }

    @Test
    void aFullDiskDefersTheMail() throws IOException {
        Path gone = Files.createDirectory(directory.resolve("gone"));
        Inbox inbox = new Inbox(gone, () -> ARRIVED);
        Files.delete(gone);
        try (CaptureServer server = CaptureServer.start(inbox);
                Relay relay = new Relay(server.url())) {
            assertThat(relay.deliver(Mails.mail())).isInstanceOf(Handover.Deferred.class);
        }
    }

    private Inbox inbox() throws IOException {
        return new Inbox(directory, () -> ARRIVED);
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.count();
        }
    }

    private static void keep(Inbox inbox, String to, String subject) throws IOException {
        inbox.keep(
                "bounce@mail.example",
                to,
                ("From: a@b.example\r\nTo: " + to + "\r\nSubject: " + subject + "\r\n\r\nhi\r\n")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> subjects(Inbox inbox, @Nullable String to, int limit) {
        return inbox.list(to, limit).stream().map(CapturedMail::subject).toList();
    }
}
