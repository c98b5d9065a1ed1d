package io.regulars.platform.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/**
 * Takes in what comes back by mail. It relays nothing: an address that is not one of ours is
 * refused while the other side is still talking, so that nobody has to be written to about it.
 */
public final class InboundServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InboundServer.class);
    private static final int LARGEST_MAIL = 2 * 1024 * 1024;
    private static final int MOST_CONNECTIONS = 50;
    private static final int MOST_RECIPIENTS = 10;
    private static final int PATIENCE_MILLIS = 30_000;

    private final SMTPServer server;

    /** Who knows the addresses. */
    public interface Receiver {

        /** Whether mail to it is taken. */
        boolean accepts(String recipient);

        /** Takes a mail; one that cannot be dealt with now is sent again by the other side. */
        void receive(String recipient, byte[] raw);
    }

    private InboundServer(String bind, int port, Receiver receiver) throws IOException {
        this.server =
                SMTPServer.port(port)
                        .bindAddress(InetAddress.getByName(bind))
                        .hostName("localhost")
                        .softwareName("Regulars")
                        .insertReceivedHeaders(false)
                        .maxMessageSize(LARGEST_MAIL)
                        .maxConnections(MOST_CONNECTIONS)
                        .maxRecipients(MOST_RECIPIENTS)
                        .connectionTimeoutMs(PATIENCE_MILLIS)
                        .executorService(Executors.newVirtualThreadPerTaskExecutor())
                        .messageHandlerFactory(context -> new Incoming(context, receiver))
                        .build();
    }

    /**
     * @param port 0 for any that is free
     */
    public static InboundServer start(String bind, int port, Receiver receiver) throws IOException {
        InboundServer inbound = new InboundServer(bind, port, receiver);
        inbound.server.start();
        return inbound;
    }

    public int port() {
        return server.getPortAllocated();
    }

    @Override
    public void close() {
        server.stop();
    }

    /** One mail on its way in. */
    private static final class Incoming implements MessageHandler {

        private final List<String> recipients = new ArrayList<>();
        private final Receiver receiver;

        Incoming(MessageContext context, Receiver receiver) {
            this.receiver = receiver;
            LOG.debug("mail from {}", context.getRemoteAddress());
        }

        @Override
        public void from(String from) {}

        @Override
        public void recipient(String recipient) throws RejectException {
            if (!receiver.accepts(recipient)) {
                throw new RejectException(550, "5.1.1 No such address here");
            }
            recipients.add(recipient);
        }

        @Override
        public String data(InputStream data) throws RejectException, IOException {
            byte[] raw = data.readNBytes(LARGEST_MAIL + 1);
            if (raw.length > LARGEST_MAIL) {
                throw new RejectException(552, "5.3.4 Too large");
            }
            try {
                for (String recipient : recipients) {
                    receiver.receive(recipient, raw);
                }
            } catch (RuntimeException e) {
                LOG.error("What came back by mail could not be dealt with", e);
                throw new RejectException(451, "4.3.0 Try again later");
            }
            return "Thank you";
        }

        @Override
        public void done() {}
    }
}
