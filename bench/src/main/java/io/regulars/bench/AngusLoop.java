package io.regulars.bench;

import io.regulars.platform.smtp.PromptSockets;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The mail library on its own: mails that lie ready in memory, written over so many connections,
 * and nothing kept of what became of them.
 */
final class AngusLoop {

    private AngusLoop() {}

    /** Mails a second. */
    static double rate(SmtpSink sink, List<byte[]> mails, int count, int connections)
            throws Exception {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", Integer.toString(sink.port()));
        properties.put("mail.smtp.socketFactory", new PromptSockets());
        Session session = Session.getInstance(properties);
        List<MimeMessage> built = new ArrayList<>();
        for (byte[] mail : mails) {
            built.add(new MimeMessage(session, new ByteArrayInputStream(mail)));
        }
        AtomicInteger next = new AtomicInteger();
        Callable<Void> sender =
                () -> {
                    send(session, built, next, count);
                    return null;
                };
        long from = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                running.add(threads.submit(sender));
            }
            for (Future<Void> each : running) {
                each.get();
            }
        }
        return count * 1e9 / (System.nanoTime() - from);
    }

    private static void send(
            Session session, List<MimeMessage> built, AtomicInteger next, int count)
            throws MessagingException {
        Address[] to = {new InternetAddress("somebody@example.com")};
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect();
            int i = next.getAndIncrement();
            while (i < count) {
                MimeMessage mail = built.get(i % built.size());
                transport.sendMessage(mail, to);
                i = next.getAndIncrement();
            }
        }
    }
}
