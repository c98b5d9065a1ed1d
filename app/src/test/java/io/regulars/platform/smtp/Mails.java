package io.regulars.platform.smtp;

import java.time.Instant;
import java.util.Map;

/** Mails for tests. */
final class Mails {
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private Mails() {}

    static Outgoing mail() {
        return mail("Lan", "Hello");
    }

    static Outgoing mail(String name, String subject) {
        return with(name, subject, "<p>Xin chào</p>", "Xin chào", Map.of());
    }

    static Outgoing with(
            String name, String subject, String html, String text, Map<String, String> headers) {
        return new Outgoing(
                "bounce+1@mail.example",
                new Mailbox("Quán Nhỏ", "hello@shop.example"),
                Mailbox.of("owner@shop.example"),
                new Mailbox(name, "lan@member.example"),
                subject,
                Lines.of(html),
                text,
                "<msg_1@mail.example>",
                headers,
                NOON);
    }
}
