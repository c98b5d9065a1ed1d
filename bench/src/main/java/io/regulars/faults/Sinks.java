package io.regulars.faults;

import io.regulars.bench.lab.Node;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The relay of each node, or the one process that is the relay of both. */
final class Sinks implements AutoCloseable {

    private final Post post;
    private final Path file;
    private final Town.Plan plan;
    private final List<MailSink> own = new ArrayList<>();
    private @Nullable Process process;
    private int port;

    private Sinks(Path file, Town.Plan plan) {
        this.file = file;
        this.post = new Post(file);
        this.plan = plan;
    }

    static Sinks start(Path file, Town.Plan plan) throws IOException {
        Sinks sinks = new Sinks(file, plan);
        if (plan.sinkOfItsOwn()) {
            sinks.port = Node.freePort();
            sinks.revive();
        } else {
            sinks.own.add(new MailSink(0, sinks.post, plan.mailTakes()));
            sinks.own.add(new MailSink(0, sinks.post, plan.mailTakes()));
        }
        return sinks;
    }

    Post post() {
        return post;
    }

    int port(int node) {
        return own.isEmpty() ? port : own.get(node).port();
    }

    MailSink of(int node) {
        return own.get(node);
    }

    void behave(MailSink.Conduct how) throws IOException {
        own.forEach(sink -> sink.behave(how));
        Process running = process;
        if (running != null) {
            OutputStream orders = running.getOutputStream();
            orders.write((how + "\n").getBytes(StandardCharsets.UTF_8));
            orders.flush();
        }
    }

    /** Starts the process, at the same port each time. */
    void revive() throws IOException {
        Process started =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx64m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                SinkProgram.class.getName(),
                                Integer.toString(port),
                                file.toString(),
                                Long.toString(plan.mailTakes().toMillis()))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        process = started;
        BufferedReader said =
                new BufferedReader(
                        new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        if (said.readLine() == null) {
            throw new IOException("the mail sink did not start");
        }
    }

    void kill() throws IOException {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("it is no process");
        }
        running.destroyForcibly();
        try {
            running.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() throws IOException {
        for (MailSink sink : own) {
            sink.close();
        }
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
        }
    }
}
