package io.regulars.bench.year;

import io.regulars.bench.SmtpSink;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What the relay was handed: for each address, when a mail was written and of which kind. */
final class CapturedMail implements SmtpSink.Listener {

    /** What only the subject of this kind says, in either language. */
    private static final Map<String, String> TELLING =
            Map.of(
                    "Today is your day", "birthday",
                    "Hôm nay là ngày của", "birthday",
                    "with you: thank you", "anniversary",
                    "năm bạn đồng hành", "anniversary",
                    "You have ", "monthly_progress",
                    " của bạn tại ", "monthly_progress",
                    "We have not seen you", "win_back",
                    "Lâu rồi chưa gặp bạn", "win_back");

    private final Map<String, Queue<Mail>> mails = new ConcurrentHashMap<>();

    private record Mail(Instant at, String kind) {}

    @Override
    public void taken(String recipient, SmtpSink.Bytes mail) {
        try {
            InternetHeaders headers = new InternetHeaders(new ByteArrayInputStream(mail.copy()));
            String date = headers.getHeader("Date", null);
            String subject =
                    MimeUtility.decodeText(MimeUtility.unfold(headers.getHeader("Subject", null)));
            mails.computeIfAbsent(recipient, _ -> new ConcurrentLinkedQueue<>())
                    .add(
                            new Mail(
                                    ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                                            .toInstant(),
                                    kind(subject)));
        } catch (MessagingException | IOException e) {
            throw new UncheckedIOException(new IOException("a mail that cannot be read", e));
        }
    }

    private static String kind(String subject) {
        return TELLING.entrySet().stream()
                .filter(telling -> subject.contains(telling.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(subject);
    }

    /** In the form of {@link io.regulars.testing.Expected#mails}, in no order. */
    List<String> to(String address, ZoneId zone) {
        return mails.getOrDefault(address, new ConcurrentLinkedQueue<>()).stream()
                .map(mail -> LocalDate.ofInstant(mail.at(), zone) + " " + mail.kind())
                .toList();
    }

    /** To anybody but the owners of the shops, who get letters of their own. */
    long count() {
        return mails.entrySet().stream()
                .filter(one -> one.getKey().endsWith(SimulatedShop.MEMBERS_AT))
                .mapToLong(one -> one.getValue().size())
                .sum();
    }
}
