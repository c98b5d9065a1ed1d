package io.regulars.testing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.subethamail.smtp.helper.BasicMessageListener;
import org.subethamail.smtp.server.SMTPServer;

/** A real SMTP server that takes its time over each mail, and remembers to whom they were. */
public final class SlowSmtpServer implements AutoCloseable {

    private final List<String> recipients = new CopyOnWriteArrayList<>();
    private final SMTPServer server;

    public SlowSmtpServer(Duration perMail) {
        BasicMessageListener slowly =
                (context, from, to, data) -> {
                    LockSupport.parkNanos(perMail.toNanos());
                    recipients.add(to);
                };
        this.server = SMTPServer.port(0).messageHandler(slowly).build();
        server.start();
    }

    public int port() {
        return server.getPortAllocated();
    }

    public List<String> received() {
        return recipients;
    }

    @Override
    public void close() {
        server.stop();
    }
}
