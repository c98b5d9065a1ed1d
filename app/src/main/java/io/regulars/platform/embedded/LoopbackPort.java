package io.regulars.platform.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * The database's own port: chosen once, written down, and kept as long as nobody else took it
 * meanwhile.
 */
final class LoopbackPort {
    private static final String FILE = "postgres-port";

    /**
     * Below the range from which systems lend ports to outgoing connections, so that it is free
     * again tomorrow.
     */
    private static final int FIRST = 15_432;

    private static final int LAST = 15_931;

    private LoopbackPort() {}

    static int choose(Path dataDir) throws IOException {
        int kept = kept(dataDir);
        if (kept > 0 && isFree(kept)) {
            return kept;
        }
        int port =
                IntStream.rangeClosed(FIRST, LAST)
                        .filter(LoopbackPort::isFree)
                        .findFirst()
                        .orElseThrow(() ->
                                new EmbeddedDatabaseException(
                                        "The embedded database needs a free port between "
                                                + FIRST
                                                + " and "
                                                + LAST
                                                + " on 127.0.0.1, and all are taken."));
        PrivateFile.write(dataDir.resolve(FILE), port + "\n");
        return port;
    }

    /** The port as written down; 0 before the first start. */
    static int kept(Path dataDir) throws IOException {
        Path file = dataDir.resolve(FILE);
        String text = Files.exists(file) ? Files.readString(file).strip() : "";
        return text.matches("\\d{4,5}") ? Integer.parseInt(text) : 0;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
