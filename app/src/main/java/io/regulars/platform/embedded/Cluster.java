package io.regulars.platform.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One PostgreSQL data directory and the server on it: made, started, stopped. */
record Cluster(Path dataDir, Programs programs) {
    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

    /** Crash recovery replays up to a gigabyte of log; on a slow disk that takes minutes. */
    private static final String START_WAIT_S = "900";

    private static final String STOP_WAIT_S = "60";

    /**
     * A whole locale of PostgreSQL's own: the machine's may sort differently after its next
     * upgrade.
     */
    private static final int FIRST_WITH_BUILTIN_LOCALE = 17;

    Path directory() {
        return dataDir.resolve(EmbeddedDatabase.CLUSTER);
    }

    Path logFile() {
        return dataDir.resolve("postgres.log");
    }

    boolean exists() {
        return Files.exists(directory().resolve("PG_VERSION"));
    }

    /**
     * Made aside and renamed when complete, so that a first start that was cut short leaves nothing
     * half made.
     */
    Passwords create() throws IOException {
        DataDir.requireRoom(dataDir);
        Path draft = dataDir.resolve(EmbeddedDatabase.CLUSTER + ".new");
        PostgresBinaries.delete(draft);
        Files.createDirectory(draft);
        programs.unprivileged().handOver(draft);
        Passwords passwords = Passwords.make();
        passwords.write(dataDir);
        initdb(draft, passwords);
        ServerConfig.include(draft);
        Files.move(draft, directory(), StandardCopyOption.ATOMIC_MOVE);
        PrivateFile.syncDirectory(dataDir);
        return passwords;
    }

    private void initdb(Path target, Passwords passwords) throws IOException {
        Path passwordFile = dataDir.resolve("postgres-password.initdb");
        PrivateFile.write(passwordFile, passwords.superuser() + "\n");
        programs.unprivileged().handOver(passwordFile);
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "-D",
                                target.toString(),
                                "-U",
                                Logins.SUPERUSER,
                                "-A",
                                "scram-sha-256",
                                "--pwfile=" + passwordFile,
                                "--encoding=UTF8",
                                "--locale=C",
                                "--data-checksums"));
        if (programs.majorVersion() >= FIRST_WITH_BUILTIN_LOCALE) {
            arguments.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
        }
        try {
            Programs.Outcome outcome = programs.run("initdb", arguments.toArray(String[]::new));
            if (!outcome.succeeded()) {
                throw StartTrouble.explain(outcome.output(), logFile());
            }
        } finally {
            Files.deleteIfExists(passwordFile);
        }
    }

    void requireSameMajorVersion() throws IOException {
        String made = Files.readString(directory().resolve("PG_VERSION")).strip();
        String ours = String.valueOf(programs.majorVersion());
        if (!made.equals(ours)) {
            throw new EmbeddedDatabaseException(
                    "The database in "
                            + directory()
                            + " was made by PostgreSQL "
                            + made
                            + ", this Regulars brings PostgreSQL "
                            + ours
                            + ". Nothing was changed. Start the Regulars it was"
                            + " made with, or move the data with pg_dump and DATABASE_URL; see docs/running.md.");
        }
    }

    /**
     * What a killed service left running is stopped, because its settings and its port may be of
     * yesterday.
     */
    void stopLeftOver() throws IOException {
        Optional<ProcessHandle> leftOver = PostmasterPid.running(directory());
        if (leftOver.isPresent()) {
            LOG.info(
                    "The database of a service that was killed still runs (process {}); stopping it",
                    leftOver.get().pid());
            stop();
        } else if (PostmasterPid.fileExists(directory())) {
            LOG.info(
                    "The database was not stopped properly; it repairs itself now, which can take some minutes");
            PostmasterPid.disownIfForeign(directory(), programs.unprivileged());
        }
    }

    /** Returns the port it listens on. */
    int start() throws IOException {
        Programs.Outcome outcome = startOnce(LoopbackPort.choose(dataDir));
        String said = outcome.output() + StartTrouble.read(logFile());
        if (!outcome.succeeded() && StartTrouble.isPortTaken(said)) {
            // Somebody took the port between our look and PostgreSQL's; the next look finds another
            // one.
            outcome = startOnce(LoopbackPort.choose(dataDir));
            said = outcome.output() + StartTrouble.read(logFile());
        }
        if (!outcome.succeeded()) {
            throw StartTrouble.explain(said, logFile());
        }
        return LoopbackPort.kept(dataDir);
    }

    private Programs.Outcome startOnce(int port) throws IOException {
        ServerConfig.write(directory(), port, programs.unprivileged());
        if (Files.exists(logFile())) {
            Files.move(
                    logFile(),
                    dataDir.resolve("postgres.log.1"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        PrivateFile.write(logFile(), "");
        programs.unprivileged().handOver(logFile());
        return programs.run(
                "pg_ctl",
                "start",
                "-w",
                "-t",
                START_WAIT_S,
                "-D",
                directory().toString(),
                "-l",
                logFile().toString());
    }

    /**
     * Fast: open transactions are rolled back. Should even that hang, the log on disk makes up for
     * a hard stop.
     */
    void stop() throws IOException {
        String target = directory().toString();
        if (!programs.run("pg_ctl", "stop", "-w", "-t", STOP_WAIT_S, "-m", "fast", "-D", target)
                        .succeeded()
                && PostmasterPid.running(directory()).isPresent()) {
            LOG.warn("The database did not stop within {} s; stopping it hard", STOP_WAIT_S);
            Programs.Outcome hard =
                    programs.run(
                            "pg_ctl",
                            "stop",
                            "-w",
                            "-t",
                            STOP_WAIT_S,
                            "-m",
                            "immediate",
                            "-D",
                            target);
            if (!hard.succeeded()) {
                throw StartTrouble.explain(hard.output(), logFile());
            }
        }
    }
}
