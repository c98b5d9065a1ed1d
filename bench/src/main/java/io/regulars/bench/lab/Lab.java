package io.regulars.bench.lab;

import io.regulars.ConsoleOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The room for one measurement: what is started here is stopped with it, last first, also when the
 * process is interrupted.
 */
public final class Lab implements AutoCloseable {

    private final Path root;
    private final Path directory;
    private final boolean quick;
    private final boolean keep;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Thread onExit = new Thread(this::stopAll);
    private @Nullable Postgres first;

    private Lab(Path root, Path directory, boolean quick, boolean keep) {
        this.root = root;
        this.directory = directory;
        this.quick = quick;
        this.keep = keep;
    }

    /**
     * @param root the source tree, with the launcher and the built jar
     * @param quick whether sizes are small, to see that it works
     * @param keep whether the directory stays after the end
     */
    public static Lab open(Path root, String name, boolean quick, boolean keep) throws IOException {
        Path directory =
                root.resolve("bench/target/lab/" + name + "-" + ProcessHandle.current().pid());
        Files.createDirectories(directory);
        Lab lab = new Lab(root, directory, quick, keep);
        Runtime.getRuntime().addShutdownHook(lab.onExit);
        return lab;
    }

    public Path root() {
        return root;
    }

    public Path directory() {
        return directory;
    }

    public boolean quick() {
        return quick;
    }

    public int sized(int usually, int quickly) {
        return quick ? quickly : usually;
    }

    /** Says on the terminal how far it is. */
    @ConsoleOutput
    public void say(String what) {
        System.err.println("   " + what);
    }

    /** The database that all of a bench works on, started by the first call. */
    public synchronized Postgres postgres() throws IOException {
        Postgres there = first;
        if (there == null) {
            there = postgres(Map.of());
            first = there;
        }
        return there;
    }

    /**
     * A PostgreSQL of its own.
     *
     * @param settings over those of the embedded one, such as {@code shared_buffers}
     */
    public Postgres postgres(Map<String, String> settings) throws IOException {
        Postgres postgres =
                Postgres.start(directory.resolve("database-" + count.incrementAndGet()), settings);
        synchronized (this) {
            if (first == null) {
                first = postgres;
            }
        }
        return mine(postgres);
    }

    /** A service with the settings a user would have; returns when it is ready. */
    public Node node(Postgres database) throws IOException {
        return node(database, Map.of(), List.of());
    }

    /**
     * @param environment over what the lab sets, such as {@code SMTP_URL}
     * @param javaOptions for its Java machine, beside those of the launcher
     */
    public Node node(Postgres database, Map<String, String> environment, List<String> javaOptions)
            throws IOException {
        Path home = directory.resolve("node-" + count.incrementAndGet());
        return mine(Node.start(root, home, database, environment, javaOptions));
    }

    /** Closes it with the lab, unless it was closed before, which must do no harm. */
    public synchronized <T extends AutoCloseable> T mine(T one) {
        started.push(one);
        return one;
    }

    @Override
    public void close() throws IOException {
        stopAll();
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException e) {
            // The process is ending; the hook itself is at work.
        }
        if (!keep) {
            delete(directory);
        }
    }

    private synchronized void stopAll() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                say("could not be stopped: " + e);
            }
        }
    }

    private static void delete(Path tree) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(tree)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
