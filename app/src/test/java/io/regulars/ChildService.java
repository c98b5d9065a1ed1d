package io.regulars;

import static io.restassured.RestAssured.given;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The service in a process of its own, so that it can be killed as the world kills processes. */
public final class ChildService implements AutoCloseable {

    /** So that another service takes over soon what a killed one held. */
    public static final Map<String, String> SHORT_LEASES =
            Map.of("LANE_LEASE", "3s", "MAIL_LEASE", "2s");

    private final Process process;
    private final URI base;
    private final Path log;

    private ChildService(Process process, URI base, Path log) {
        this.process = process;
        this.base = base;
        this.log = log;
    }

    /** Starts it and waits until it is ready. */
    public static ChildService start(Map<String, String> environment) {
        int port = ServiceUnderTest.freePort();
        try {
            Path log = Files.createTempFile("regulars", ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(
                                    List.of(
                                            Path.of(System.getProperty("java.home"), "bin", "java")
                                                    .toString(),
                                            "-Xmx512m",
                                            "-XX:+UseSerialGC",
                                            "-XX:TieredStopAtLevel=1",
                                            "--enable-native-access=ALL-UNNAMED",
                                            "-cp",
                                            System.getProperty("java.class.path"),
                                            "io.regulars.Regulars",
                                            "server"))
                            .redirectErrorStream(true)
                            .redirectOutput(Redirect.to(log.toFile()));
            builder.environment()
                    .putAll(
                            Map.of(
                                    "PORT", Integer.toString(port),
                                    "ADMIN_PORT", Integer.toString(ServiceUnderTest.freePort()),
                                    "LOG_LEVEL", "WARN",
                                    "LOG_FORMAT", "text",
                                    "TICK", "1s"));
            builder.environment().putAll(SHORT_LEASES);
            builder.environment().putAll(environment);
            ChildService service =
                    new ChildService(builder.start(), URI.create("http://localhost:" + port), log);
            service.awaitReady();
            return service;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI base() {
        return base;
    }

    /** SIGKILL: no shutdown hook, no last word. */
    public void kill() {
        process.destroyForcibly();
        await();
    }

    @Override
    public void close() {
        process.destroy();
        await();
    }

    private void await() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the service did not end: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() ->
                        !process.isAlive()
                                || given().baseUri(base.toString()).get("/readyz").statusCode()
                                        == 200);
        if (!process.isAlive()) {
            try {
                throw new AssertionError("the service ended at once: " + Files.readString(log));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
