package io.regulars.faults;

import io.regulars.platform.embedded.JdbcLogin;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/**
 * The network between a node and its database. It can stop to carry anything without closing
 * anything, as a firewall that drops packets does; it can be slow; and it tells a {@link Listener}
 * which statement is about to go over it.
 */
final class Wire implements AutoCloseable {

    /** What becomes of a statement. */
    enum Passage {
        THROUGH,
        /** It arrives; the answer to it, and to all after it, does not come back. */
        UNANSWERED,
        /** It is lost with whoever sent it. */
        LOST
    }

    /** Hears of each statement before the database does. */
    @FunctionalInterface
    interface Listener {
        /**
         * @param connection a number for the connection it goes over
         */
        Passage execute(long connection, String sql);
    }

    private static final int MOST = 64 * 1024;

    private final ServerSocket door;
    private final IntSupplier target;
    private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private volatile Duration delay = Duration.ZERO;
    private volatile Listener listener = (_, _) -> Passage.THROUGH;

    /**
     * @param target the port of the database on this machine, which may be another one after a
     *     restart
     */
    Wire(IntSupplier target) throws IOException {
        this.target = target;
        this.door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name("wire").start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** The login over this wire, in the form of {@code DATABASE_URL}. */
    String url(JdbcLogin login) {
        return login.url()
                .replaceFirst(
                        "^jdbc:postgresql://[^/]*/",
                        "postgresql://"
                                + login.user()
                                + ":"
                                + login.password()
                                + "@127.0.0.1:"
                                + port()
                                + "/");
    }

    /** From now on nothing passes; what was sent waits, and nobody is told. */
    void cut() {
        cut = true;
    }

    /** What waited goes on. */
    void mend() {
        cut = false;
    }

    /** What waited on the connections there were never arrives; new ones work. */
    void mendForNewOnly() {
        pairs.forEach(pair -> pair.lost = true);
        cut = false;
    }

    /** Each answer takes so much longer. */
    void slow(Duration each) {
        delay = each;
    }

    void listen(Listener to) {
        listener = to;
    }

    void listenNoMore() {
        listener = (_, _) -> Passage.THROUGH;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Thread.ofPlatform().daemon().name("wire-new").start(() -> connect(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        Pair pair = new Pair();
        waitWhileCut(pair);
        try {
            Socket server = new Socket();
            server.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), target.getAsInt()),
                    5_000);
            server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            pairs.add(pair);
            Thread.ofPlatform().daemon().name("wire-out").start(() -> out(pair, client, server));
            Thread.ofPlatform().daemon().name("wire-in").start(() -> in(pair, server, client));
        } catch (IOException e) {
            closeBoth(client, client);
        }
    }

    /** From the node, message by message, for only whole ones can be read. */
    private void out(Pair pair, Socket from, Socket to) {
        try {
            DataInputStream in = new DataInputStream(from.getInputStream());
            OutputStream out = to.getOutputStream();
            Statements statements = new Statements();
            while (true) {
                Statements.Message message = statements.read(in);
                pass(pair);
                Passage passage =
                        message.executes()
                                .map(sql -> listener.execute(pair.number(), sql))
                                .orElse(Passage.THROUGH);
                if (passage == Passage.LOST) {
                    throw new IOException("lost");
                }
                if (passage == Passage.UNANSWERED) {
                    pair.mute = true;
                }
                out.write(message.bytes());
                if (in.available() == 0) {
                    out.flush();
                }
            }
        } catch (IOException e) {
            // Somebody hung up.
        } finally {
            hangUp(pair, from, to);
        }
    }

    private void in(Pair pair, Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] some = new byte[MOST];
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                if (!delay.isZero()) {
                    LockSupport.parkNanos(delay.toNanos());
                }
                pass(pair);
                if (!pair.mute) {
                    out.write(some, 0, n);
                }
            }
        } catch (IOException e) {
            // Somebody hung up.
        } finally {
            hangUp(pair, from, to);
        }
    }

    private void pass(Pair pair) throws IOException {
        waitWhileCut(pair);
        if (pair.lost) {
            // Dropped for ever: neither side hears of it.
            waitForEnd();
            throw new IOException("lost");
        }
    }

    private void waitWhileCut(Pair pair) {
        while (cut && !pair.lost && !door.isClosed()) {
            LockSupport.parkNanos(5_000_000);
        }
    }

    private void waitForEnd() {
        while (!door.isClosed()) {
            LockSupport.parkNanos(50_000_000);
        }
    }

    private void hangUp(Pair pair, Socket one, Socket other) {
        // That the other side is gone does not get through a cut either.
        waitWhileCut(pair);
        if (pair.lost) {
            waitForEnd();
        }
        pairs.remove(pair);
        closeBoth(one, other);
    }

    private static void closeBoth(Socket one, Socket other) {
        try (one;
                other) {
            // Both close, whatever becomes of the first.
        } catch (IOException e) {
            // They are gone either way.
        }
    }

    @Override
    public void close() throws IOException {
        cut = false;
        door.close();
    }

    /** One connection of the node and the one to the database that belongs to it. */
    private static final class Pair {
        private volatile boolean lost;
        private volatile boolean mute;

        long number() {
            return System.identityHashCode(this);
        }
    }
}
