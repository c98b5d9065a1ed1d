package io.regulars.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A mail relay that takes everything, at its own pace, or misbehaves on order. */
final class MailSink implements AutoCloseable {

    /** How it behaves towards the next mails. */
    enum Conduct {
        WELL,
        /** 421 at the greeting: too busy. */
        BUSY,
        /** 451 to each recipient. */
        TEMPORARY,
        /** Takes the mail and closes instead of saying so. */
        CLOSES_AFTER_DOT,
        /** Closes in the middle of the text. */
        CLOSES_IN_DATA,
        /** Takes the mail and never answers. */
        SILENT
    }

    /** A moment in the dialogue. */
    enum Moment {
        RECIPIENT,
        DATA,
        DOT,
        ANSWERED
    }

    /** Hears of each moment before the answer to it goes out; after it for the last. */
    @FunctionalInterface
    interface Listener {
        void at(Moment moment) throws IOException;
    }

    private final ServerSocket door;
    private final Post post;
    private final Duration each;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger dialogues = new AtomicInteger();
    private volatile Conduct conduct = Conduct.WELL;
    private volatile Listener listener = _ -> {};

    /**
     * @param port 0 for any
     * @param each how long it takes over a mail
     */
    MailSink(int port, Post post, Duration each) throws IOException {
        this.post = post;
        this.each = each;
        this.door = new ServerSocket();
        door.setReuseAddress(true);
        door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        Thread.ofPlatform().daemon().name("mail-sink").start(this::accept);
    }

    /** How many mails it has taken. */
    int taken() {
        return taken.get();
    }

    int port() {
        return door.getLocalPort();
    }

    void behave(Conduct how) {
        conduct = how;
    }

    void listen(Listener to) {
        listener = to;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket connection = door.accept();
                open.add(connection);
                Thread.ofPlatform()
                        .daemon()
                        .name("mail-" + dialogues.incrementAndGet())
                        .start(() -> talk(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void talk(Socket connection) {
        try (connection) {
            BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(connection.getInputStream(), ISO_8859_1));
            OutputStream out = connection.getOutputStream();
            if (conduct == Conduct.BUSY) {
                say(out, "421 too busy");
                return;
            }
            say(out, "220 sink");
            String to = "";
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String command = line.length() < 4 ? line : line.substring(0, 4);
                switch (command.toUpperCase(Locale.ROOT)) {
                    case "EHLO", "HELO" -> say(out, "250 sink");
                    case "RCPT" -> {
                        to = line.replaceFirst("^[^<]*<([^>]*)>.*$", "$1");
                        listener.at(Moment.RECIPIENT);
                        say(out, conduct == Conduct.TEMPORARY ? "451 later" : "250 ok");
                    }
                    case "DATA" -> {
                        if (!take(in, out, to)) {
                            return;
                        }
                    }
                    case "QUIT" -> {
                        say(out, "221 bye");
                        return;
                    }
                    default -> say(out, "250 ok");
                }
            }
        } catch (IOException e) {
            // The other side hung up, or was killed.
        } finally {
            open.remove(connection);
        }
    }

    /** Whether the dialogue goes on. */
    private boolean take(BufferedReader in, OutputStream out, String to) throws IOException {
        listener.at(Moment.DATA);
        if (conduct == Conduct.CLOSES_IN_DATA) {
            return false;
        }
        say(out, "354 go on");
        String id = "";
        String subject = "";
        for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
            if (line == null) {
                return false;
            }
            String lower = line.toLowerCase(Locale.ROOT);
            if (id.isEmpty() && lower.startsWith("message-id:")) {
                id = line.substring(11).strip();
            } else if (subject.isEmpty() && lower.startsWith("subject:")) {
                subject = line.substring(8).strip();
            }
        }
        LockSupport.parkNanos(each.toNanos());
        taken.incrementAndGet();
        post.take(new Post.Mail(to, id, subject));
        listener.at(Moment.DOT);
        if (conduct == Conduct.CLOSES_AFTER_DOT) {
            return false;
        }
        if (conduct == Conduct.SILENT) {
            LockSupport.parkNanos(Duration.ofMinutes(2).toNanos());
            return false;
        }
        say(out, "250 taken");
        listener.at(Moment.ANSWERED);
        return true;
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket connection : open) {
            connection.close();
        }
    }
}
