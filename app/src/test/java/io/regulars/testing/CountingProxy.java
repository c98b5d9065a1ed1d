package io.regulars.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between a client and PostgreSQL and counts how often the client stops to wait: each Sync
 * and each simple query asks the server for its word.
 */
public final class CountingProxy implements AutoCloseable {

    private final ServerSocket socket;
    private final int target;
    private final AtomicLong waits = new AtomicLong();

    /**
     * @param target the server's port on this machine
     */
    public CountingProxy(int target) throws IOException {
        this.target = target;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** How often clients waited, so far. */
    public long waits() {
        return waits.get();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                server.setTcpNoDelay(true);
                client.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> count(client, server));
                Thread.ofVirtual().start(() -> pass(server, client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void count(Socket from, Socket to) {
        try (from;
                to) {
            DataInputStream in = new DataInputStream(from.getInputStream());
            OutputStream out = to.getOutputStream();
            // The first message has no type.
            message(in, out, -1);
            for (int type = in.read(); type >= 0; type = in.read()) {
                if (type == 'S' || type == 'Q') {
                    waits.incrementAndGet();
                }
                message(in, out, type);
            }
        } catch (IOException e) {
            // Somebody hung up.
        }
    }

    private static void message(DataInputStream in, OutputStream out, int type) throws IOException {
        int length = in.readInt();
        byte[] body = in.readNBytes(length - 4);
        byte[] all = new byte[(type < 0 ? 0 : 1) + 4 + body.length];
        int at = 0;
        if (type >= 0) {
            all[at++] = (byte) type;
        }
        for (int shift = 24; shift >= 0; shift -= 8) {
            all[at++] = (byte) (length >>> shift);
        }
        System.arraycopy(body, 0, all, at, body.length);
        out.write(all);
        out.flush();
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            in.transferTo(to.getOutputStream());
        } catch (IOException e) {
            // Somebody hung up.
        }
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
