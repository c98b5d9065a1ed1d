package io.regulars.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A mail server that refuses every recipient for good. */
public final class RefusingSmtpServer implements AutoCloseable {

    private final ServerSocket socket;
    private final String refusal;

    private RefusingSmtpServer(ServerSocket socket, String refusal) {
        this.socket = socket;
        this.refusal = refusal;
    }

    /** One that knows nobody. */
    public static RefusingSmtpServer start() throws IOException {
        return start("550 5.1.1 nobody of that name");
    }

    public static RefusingSmtpServer start(String refusal) throws IOException {
        ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        RefusingSmtpServer server = new RefusingSmtpServer(socket, refusal);
        Thread.ofVirtual().start(server::accept);
        return server;
    }

    public int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread.ofVirtual().start(() -> talk(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void talk(Socket connection) {
        try (connection;
                BufferedReader in =
                        new BufferedReader(
                                new InputStreamReader(
                                        connection.getInputStream(), StandardCharsets.US_ASCII));
                OutputStream out = connection.getOutputStream()) {
            say(out, "220 refusing");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                say(out, line.startsWith("RCPT") ? refusal : "250 ok");
            }
        } catch (IOException e) {
            // The other side hung up.
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
