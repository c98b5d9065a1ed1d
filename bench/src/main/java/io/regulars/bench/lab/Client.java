package io.regulars.bench.lab;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One keep-alive HTTP/1.1 connection, for one thread. Bare on purpose: the client shares the
 * processors with what it measures, and a full HTTP library would take a good part of them.
 */
public final class Client implements AutoCloseable {

    private final URI base;
    private final String host;
    private final Duration patience;
    private @Nullable Socket socket;
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();

    public Client(URI base) {
        this(base, Duration.ofSeconds(60));
    }

    /**
     * @param patience how long an answer may take, after which the connection is given up
     */
    public Client(URI base, Duration patience) {
        this.base = base;
        this.host = base.getHost() + ":" + base.getPort();
        this.patience = patience;
    }

    /**
     * Sends and waits for the answer. After an exception the next call connects anew; whether the
     * request was carried out is then unknown.
     */
    public Response send(Request request) throws IOException {
        try {
            connect();
            byte[] head = request.head(host);
            byte[] all = new byte[head.length + request.body().length];
            System.arraycopy(head, 0, all, 0, head.length);
            System.arraycopy(request.body(), 0, all, head.length, request.body().length);
            out.write(all);
            out.flush();
            return read();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void connect() throws IOException {
        if (socket != null) {
            return;
        }
        Socket fresh = new Socket();
        fresh.setTcpNoDelay(true);
        fresh.setSoTimeout((int) patience.toMillis());
        fresh.connect(
                new InetSocketAddress(base.getHost(), base.getPort()), (int) patience.toMillis());
        socket = fresh;
        in = new BufferedInputStream(fresh.getInputStream(), 16_384);
        out = fresh.getOutputStream();
    }

    private Response read() throws IOException {
        String first = line();
        if (!first.startsWith("HTTP/1.1 ")) {
            throw new IOException("not HTTP: " + first);
        }
        int status = Integer.parseInt(first.substring(9, 12));
        int length = 0;
        boolean chunked = false;
        boolean last = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = lower.contains("chunked");
            } else if (lower.equals("connection: close")) {
                last = true;
            }
        }
        Response response = new Response(status, chunked ? chunks() : exactly(length));
        if (last) {
            close();
        }
        return response;
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.write(exactly(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().strip(), 16);
    }

    private byte[] exactly(int length) throws IOException {
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the connection broke off");
        }
        return body;
    }

    private String line() throws IOException {
        byte[] bytes = new byte[1024];
        int length = 0;
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection broke off");
            }
            if (c != '\r' && length < bytes.length) {
                bytes[length++] = (byte) c;
            }
        }
        return new String(bytes, 0, length, ISO_8859_1);
    }

    @Override
    public void close() {
        Socket open = socket;
        socket = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It is gone either way.
            }
        }
    }
}
