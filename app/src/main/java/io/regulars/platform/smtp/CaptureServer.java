package io.regulars.platform.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/** A relay on loopback that puts every mail into the {@link Inbox} and sends none on. */
public final class CaptureServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CaptureServer.class);
    private static final int LARGEST_MAIL = 25 * 1024 * 1024;

    private final Inbox inbox;
    private final SMTPServer server;

    private CaptureServer(Inbox inbox) {
        this.inbox = inbox;
        this.server =
                SMTPServer.port(0)
                        .bindAddress(InetAddress.getLoopbackAddress())
                        .hostName("localhost")
                        .softwareName("Regulars capture")
                        .insertReceivedHeaders(false)
                        .maxMessageSize(LARGEST_MAIL)
                        .executorService(Executors.newVirtualThreadPerTaskExecutor())
                        .messageHandler(this::keep)
                        .build();
    }

    /** Listens on a free port of the loopback interface until closed. */
    public static CaptureServer start(Inbox inbox) {
        CaptureServer capture = new CaptureServer(inbox);
        capture.server.start();
        return capture;
    }

    /** Where a {@link Relay} finds it. */
    public SmtpUrl url() {
        return SmtpUrl.parse("smtp://127.0.0.1:" + server.getPortAllocated() + "?starttls=off");
    }

    private void keep(MessageContext context, String from, String recipient, byte[] raw)
            throws RejectException {
        try {
            inbox.keep(from, recipient, raw);
        } catch (IOException e) {
            LOG.error("A captured mail could not be stored", e);
            // A full disk is mended one day: the mail is to be tried again.
            throw new RejectException(452, "Insufficient system storage");
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
