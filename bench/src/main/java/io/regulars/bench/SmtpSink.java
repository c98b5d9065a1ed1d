package io.regulars.bench;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * A relay that takes every mail and forgets it: as little work for each as a server can do, so that
 * what is measured is whoever sends. It offers PIPELINING, as all relays do.
 */
public final class SmtpSink implements Closeable {

    private static final byte[] END = "\r\n.\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OK = ascii("250 ok\r\n");
    private static final byte[] HELLO =
            ascii("250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 10485760\r\n");

    private final ServerSocket socket;
    private final Listener listener;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private volatile long last;
    private volatile long first;

    /** Hears of each mail when it has been taken, before its sender does. */
    @FunctionalInterface
    public interface Listener {

        Listener DEAF = (recipient, mail) -> {};

        /**
         * @param mail good until this returns
         */
        void taken(String recipient, Bytes mail);
    }

    /** A part of a buffer. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares or keeps it
    public record Bytes(byte[] buffer, int from, int to) {

        public byte[] copy() {
            return Arrays.copyOfRange(buffer, from, to);
        }

        String text() {
            return new String(buffer, from, to - from, StandardCharsets.UTF_8);
        }
    }

    private SmtpSink(ServerSocket socket, Listener listener) {
        this.socket = socket;
        this.listener = listener;
    }

    public static SmtpSink start(Listener listener) {
        try {
            SmtpSink sink =
                    new SmtpSink(
                            new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), listener);
            Thread.ofPlatform().daemon().name("sink").start(sink::accept);
            return sink;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    /** For {@code SMTP_URL}. */
    public String url(int connections) {
        return "smtp://127.0.0.1:" + port() + "?connections=" + connections + "&messages=10000";
    }

    long taken() {
        return taken.get();
    }

    long bytes() {
        return bytes.get();
    }

    /** {@link System#nanoTime} when the last mail was taken. */
    long lastTaken() {
        return last;
    }

    /** {@link #watchedFirst} is about the next mail. */
    void startWatch() {
        first = 0;
    }

    /** {@link System#nanoTime} when the first mail after {@link #startWatch} was taken. */
    long watchedFirst() {
        return first;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                client.setTcpNoDelay(true);
                acknowledgeAtOnce(client);
                Thread.ofPlatform().daemon().start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    /** A sender that waits for it before it sends the end of a mail loses 40 ms otherwise. */
    private static void acknowledgeAtOnce(Socket client) throws IOException {
        if (client.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)) {
            client.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
        }
    }

    private void serve(Socket client) {
        try (client) {
            new Dialogue(client.getInputStream(), client.getOutputStream()).run();
        } catch (IOException e) {
            // Whoever talked to us is gone.
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** One connection. */
    private final class Dialogue {

        private final InputStream in;
        private final OutputStream out;
        private byte[] buffer = new byte[64 * 1024];
        private int start;
        private int end;
        private String recipient = "";

        Dialogue(InputStream in, OutputStream out) {
            this.in = in;
            this.out = out;
        }

        void run() throws IOException {
            say(ascii("220 sink ESMTP\r\n"));
            String line = line();
            while (line != null && !line.equals("QUIT")) {
                answer(line);
                line = line();
            }
            if (line != null) {
                say(ascii("221 bye\r\n"));
            }
        }

        private void answer(String line) throws IOException {
            if (line.startsWith("EHLO")) {
                say(HELLO);
            } else if (line.startsWith("DATA")) {
                say(ascii("354 go on\r\n"));
                take();
                say(OK);
            } else {
                if (line.startsWith("RCPT")) {
                    recipient = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
                }
                say(OK);
            }
        }

        /** The answers to what came in one piece leave in one piece. */
        private void say(byte[] answer) throws IOException {
            out.write(answer);
        }

        private @Nullable String line() throws IOException {
            int from = start;
            while (true) {
                for (; from < end; from++) {
                    if (buffer[from] == '\n') {
                        String line =
                                new String(buffer, start, from - start, StandardCharsets.US_ASCII);
                        start = from + 1;
                        return line.strip().toUpperCase(Locale.ROOT).startsWith("RCPT")
                                ? line.strip()
                                : line.strip().toUpperCase(Locale.ROOT);
                    }
                }
                int scanned = from - start;
                if (!more()) {
                    return null;
                }
                from = start + scanned;
            }
        }

        private void take() throws IOException {
            int from = start;
            while (true) {
                int dot = end(from);
                if (dot >= 0) {
                    taken.incrementAndGet();
                    bytes.addAndGet(dot - start);
                    last = System.nanoTime();
                    if (first == 0) {
                        first = last;
                    }
                    listener.taken(recipient, new Bytes(buffer, start, dot));
                    start = dot + END.length;
                    return;
                }
                int scanned = Math.max(0, end - start - END.length);
                if (!more()) {
                    throw new IOException("gone in the middle of a mail");
                }
                from = start + scanned;
            }
        }

        /** Where the final dot begins; -1 when it has not come yet. */
        private int end(int from) {
            for (int i = from; i + END.length <= end; i++) {
                if (buffer[i + 2] == '.'
                        && buffer[i] == '\r'
                        && buffer[i + 1] == '\n'
                        && buffer[i + 3] == '\r'
                        && buffer[i + 4] == '\n') {
                    return i;
                }
            }
            return -1;
        }

        private boolean more() throws IOException {
            if (start > 0) {
                System.arraycopy(buffer, start, buffer, 0, end - start);
                end -= start;
                start = 0;
            }
            if (end == buffer.length) {
                buffer = Arrays.copyOf(buffer, buffer.length * 2);
            }
            int read = in.read(buffer, end, buffer.length - end);
            end += Math.max(0, read);
            return read > 0;
        }
    }
}
