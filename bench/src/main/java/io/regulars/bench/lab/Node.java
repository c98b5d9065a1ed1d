package io.regulars.bench.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One service, started with the launcher as a user would, in a process of its own. */
public final class Node implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(5);

    /**
     * The first of a build writes down what it has learnt, which on a busy machine takes a while.
     */
    private static final Duration STOPPED_WITHIN = Duration.ofMinutes(4);

    private final Process process;
    private final Path home;
    private final int port;
    private final int adminPort;
    private final Duration startTook;

    private Node(Process process, Path home, int port, int adminPort, Duration startTook) {
        this.process = process;
        this.home = home;
        this.port = port;
        this.adminPort = adminPort;
        this.startTook = startTook;
    }

    static Node start(
            Path root,
            Path home,
            Postgres database,
            Map<String, String> environment,
            List<String> javaOptions)
            throws IOException {
        Files.createDirectories(home);
        int port = freePort();
        int adminPort = freePort();
        ProcessBuilder builder = new ProcessBuilder(root.resolve("regulars").toString(), "server");
        builder.redirectErrorStream(true).redirectOutput(home.resolve("log").toFile());
        Map<String, String> variables = new HashMap<>();
        variables.put("PORT", Integer.toString(port));
        variables.put("ADMIN_PORT", Integer.toString(adminPort));
        variables.put("DATA_DIR", home.toString());
        variables.put("DATABASE_URL", Postgres.url(database.owner()));
        variables.put("DATABASE_APP_URL", Postgres.url(database.app()));
        variables.put("SECRET_KEY", "a key that is only good for measurements");
        variables.put("PUBLIC_URL", "http://localhost:" + port);
        variables.put("LOG_LEVEL", "WARN");
        variables.put("LOG_FORMAT", "text");
        variables.put("JAVA_OPTS", String.join(" ", javaOptions));
        variables.putAll(environment);
        builder.environment().putAll(variables);
        long start = System.nanoTime();
        Process process = builder.start();
        try {
            awaitReady(process, port, home, start);
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
        return new Node(
                process, home, port, adminPort, Duration.ofNanos(System.nanoTime() - start));
    }

    private static void awaitReady(Process process, int port, Path home, long start)
            throws IOException {
        while (System.nanoTime() - start < READY_WITHIN.toNanos()) {
            if (!process.isAlive()) {
                throw new IOException(
                        "the service did not start:\n" + Files.readString(home.resolve("log")));
            }
            try (Client client = new Client(base(port))) {
                if (client.send(Request.get("/readyz")).status() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Nobody listens yet.
            }
            Pauses.of(Duration.ofMillis(10));
        }
        throw new IOException("the service was not ready within " + READY_WITHIN);
    }

    public URI base() {
        return base(port);
    }

    public int port() {
        return port;
    }

    public URI admin() {
        return base(adminPort);
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** From the command to the first 200 of {@code /readyz}. */
    public Duration startTook() {
        return startTook;
    }

    public Path log() {
        return home.resolve("log");
    }

    /** One connection to it; the caller closes it. */
    public Client client() {
        return new Client(base());
    }

    /** Asks it to stop, and waits. */
    public void stop() throws IOException {
        process.destroy();
        awaitEnd();
    }

    public void kill() throws IOException {
        process.destroyForcibly();
        awaitEnd();
    }

    private void awaitEnd() throws IOException {
        try {
            if (!process.waitFor(STOPPED_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("the service did not stop within " + STOPPED_WITHIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** What the operating system has given it, in MB. */
    public double residentMegabytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid() + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Double.parseDouble(line.replaceAll("\\D", "")) / 1024;
            }
        }
        throw new IOException("no VmRSS of process " + pid());
    }

    /** Processor time it has used so far. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() throws IOException {
        if (process.isAlive()) {
            stop();
        }
    }

    private static URI base(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** A port that nobody listens on at this moment. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
