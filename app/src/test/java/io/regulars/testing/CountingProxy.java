package io.regulars.testing;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands between a client and PostgreSQL and counts how often the client stops to wait in each
 * transaction of one kind: each Sync and each simple query asks the server for its word.
 */
public final class CountingProxy implements AutoCloseable {

    /** Of ReadyForQuery: no transaction is open. */
    private static final int IDLE = 'I';

    private final ServerSocket socket;
    private final int target;
    private final String sign;
    private final List<Integer> waits = new CopyOnWriteArrayList<>();

    /**
     * @param target the server's port on this machine
     * @param sign what the statements of the transactions that are counted say somewhere; the
     *     client must send them in full each time
     */
    public CountingProxy(int target, String sign) throws IOException {
        this.target = target;
        this.sign = sign;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** How often the client waited in each of these transactions, the last one last. */
    public List<Integer> waits() {
        return List.copyOf(waits);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                server.setTcpNoDelay(true);
                client.setTcpNoDelay(true);
                Talk talk = new Talk();
                Thread.ofVirtual().start(() -> pass(client, server, true, talk::said));
                Thread.ofVirtual().start(() -> pass(server, client, false, talk::answered));
            } catch (IOException e) {
                return;
            }
        }
    }

    /** One connection: the client speaks, the server answers, and neither interrupts. */
    private final class Talk {

        private int waitsHere;
        private boolean isMeant;

        synchronized void said(int type, byte[] body) {
            String text =
                    type == 'P' || type == 'Q' ? new String(body, StandardCharsets.UTF_8) : "";
            isMeant |= text.contains(sign);
            // It goes together with the statement after it, and nobody waits in between.
            if (type == 'S' || (type == 'Q' && !text.startsWith("BEGIN"))) {
                waitsHere++;
            }
        }

        synchronized void answered(int type, byte[] body) {
            if (type == 'Z' && body[0] == IDLE) {
                if (isMeant) {
                    waits.add(waitsHere);
                }
                waitsHere = 0;
                isMeant = false;
            }
        }
    }

    private interface Listener {
        void heard(int type, byte[] body);
    }

    private static void pass(Socket from, Socket to, boolean startsUp, Listener listener) {
        try (from;
                to) {
            DataInputStream in =
                    new DataInputStream(new BufferedInputStream(from.getInputStream()));
            DataOutputStream out =
                    new DataOutputStream(new BufferedOutputStream(to.getOutputStream()));
            if (startsUp) {
                // The client's first message has no type.
                send(out, body(in));
                out.flush();
            }
            for (int type = in.read(); type >= 0; type = in.read()) {
                byte[] body = body(in);
                listener.heard(type, body);
                out.write(type);
                send(out, body);
                if (in.available() == 0) {
                    out.flush();
                }
            }
        } catch (IOException e) {
            // Somebody hung up.
        }
    }

    private static byte[] body(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt() - Integer.BYTES);
    }

    private static void send(DataOutputStream out, byte[] body) throws IOException {
        out.writeInt(body.length + Integer.BYTES);
        out.write(body);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
