package io.regulars.platform.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Speaks to a server in bytes, as no decent client would. */
final class Raw {

    private static final int PATIENCE_MS = 10_000;

    private Raw() {}

    record Answer(String head, String body) {

        int status() {
            return Integer.parseInt(head.substring(9, 12));
        }

        Optional<String> header(String name) {
            String start = name.toLowerCase(Locale.ROOT) + ": ";
            return Arrays.stream(head.split("\r\n", -1))
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                    .map(line -> line.substring(start.length()))
                    .findFirst();
        }
    }

    /** Sends these lines and reads until the server hangs up. */
    static Answer send(InetSocketAddress address, String... lines) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(address, PATIENCE_MS);
            socket.setSoTimeout(PATIENCE_MS);
            String request =
                    String.join("\r\n", lines) + "\r\nHost: x\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int blank = answer.indexOf("\r\n\r\n");
            return blank < 0
                    ? new Answer(answer, "")
                    : new Answer(answer.substring(0, blank), answer.substring(blank + 4));
        }
    }
}
