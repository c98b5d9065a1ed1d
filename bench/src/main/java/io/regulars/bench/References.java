package io.regulars.bench;

import io.regulars.bench.lab.Lab;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Other programs that send the same mails into the same sink. Those that are not on this machine
 * are left out, and said to be.
 */
final class References {

    private static final int REPEATS = 3;
    private static final long PATIENCE_S = 120;

    private final Lab lab;
    private final SmtpSink sink;
    private final List<byte[]> mails;
    private final int connections;
    private final List<String> missing = new ArrayList<>();

    References(Lab lab, SmtpSink sink, List<byte[]> mails, int connections) {
        this.lab = lab;
        this.sink = sink;
        this.mails = mails;
        this.connections = connections;
    }

    List<String> missing() {
        return List.copyOf(missing);
    }

    Series angus() throws Exception {
        return repeated(
                "angus", () -> AngusLoop.rate(sink, mails, lab.sized(20_000, 2_000), connections));
    }

    /** Needs node and npm. */
    Optional<Series> nodemailer() throws Exception {
        Path home = Files.createDirectories(lab.directory().resolve("nodemailer"));
        if (!runs("node", "--version")
                || !ran(home, Map.of(), "npm", "install", "--silent", "nodemailer@7")) {
            missing.add("nodemailer was not measured: there is no `node` with `npm` here.");
            return Optional.empty();
        }
        try (InputStream script = References.class.getResourceAsStream("/nodemailer-pool.js")) {
            if (script == null) {
                throw new IOException("nodemailer-pool.js is not there");
            }
            Files.write(home.resolve("pool.js"), script.readAllBytes());
        }
        Path mail = home.resolve("mail.eml");
        Files.write(mail, mails.getFirst());
        int count = lab.sized(5_000, 1_000);
        return tried(
                "nodemailer",
                () ->
                        timed(
                                home,
                                count,
                                "node",
                                "pool.js",
                                Integer.toString(sink.port()),
                                Integer.toString(connections),
                                Integer.toString(count)));
    }

    /** Needs the Debian package postfix, or {@code SMTP_SOURCE} with the path of its program. */
    Optional<Series> postfix() throws Exception {
        String program = Optional.ofNullable(System.getenv("SMTP_SOURCE")).orElse("smtp-source");
        if (!runs("sh", "-c", "command -v " + program)) {
            missing.add("smtp-source was not measured: the package `postfix` is not here.");
            return Optional.empty();
        }
        int count = lab.sized(50_000, 5_000);
        return tried(
                "smtp-source",
                () ->
                        timed(
                                lab.directory(),
                                count,
                                program,
                                "-d",
                                "-s",
                                Integer.toString(connections),
                                "-m",
                                Integer.toString(count),
                                "-l",
                                Integer.toString(mails.getFirst().length),
                                "127.0.0.1:" + sink.port()));
    }

    /** A program of somebody else that does not do as hoped is said to be missing, no more. */
    private Optional<Series> tried(String name, Callable<Double> run) throws Exception {
        try {
            return Optional.of(repeated(name, run));
        } catch (IOException e) {
            missing.add(name + " was not measured: " + e.getMessage() + ".");
            return Optional.empty();
        }
    }

    private Series repeated(String name, Callable<Double> run) throws Exception {
        List<Double> rates = new ArrayList<>();
        for (int i = 0; i < lab.sized(REPEATS, 1); i++) {
            rates.add(run.call());
        }
        lab.say(name + " " + rates);
        return new Series(rates);
    }

    /** From the first mail taken to the last, so without the start of the program. */
    private double timed(Path home, int count, String... command) throws Exception {
        long before = sink.taken();
        sink.startWatch();
        if (!ran(home, Map.of(), command) || sink.taken() - before < count) {
            throw new IOException(command[0] + " did not send " + count + " mails");
        }
        return (count - 1) * 1e9 / (sink.lastTaken() - sink.watchedFirst());
    }

    private static boolean runs(String... command) throws Exception {
        return ran(Path.of("."), Map.of(), command);
    }

    private static boolean ran(Path home, Map<String, String> environment, String... command)
            throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return false;
        }
        Thread.ofVirtual().start(() -> drain(process));
        if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }

    private static void drain(Process process) {
        try {
            process.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // It has ended.
        }
    }
}
