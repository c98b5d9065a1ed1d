package io.regulars.platform.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the file postmaster.pid says, and whether it is still true. */
final class PostmasterPid {
    static final String FILE = "postmaster.pid";

    /** No system hands out this number, so PostgreSQL sees that its predecessor is dead. */
    private static final String NOBODYS_PID = String.valueOf(Integer.MAX_VALUE);

    private PostmasterPid() {}

    static boolean fileExists(Path cluster) {
        return Files.exists(cluster.resolve(FILE));
    }

    /**
     * A postmaster of exactly this database that is running now: left over from a service that was
     * killed.
     */
    static Optional<ProcessHandle> running(Path cluster) throws IOException {
        return alive(cluster).filter(process -> serves(process, cluster));
    }

    /**
     * After a reboot the number in a left-over file may belong to any other program, and PostgreSQL
     * would then refuse to start. Only the number is taken out: by the rest of the file PostgreSQL
     * checks whether some lost process of an earlier life still holds its memory.
     */
    static void disownIfForeign(Path cluster, Unprivileged unprivileged) throws IOException {
        Optional<ProcessHandle> process = alive(cluster);
        if (process.isEmpty() || serves(process.get(), cluster)) {
            return;
        }
        List<String> lines = new ArrayList<>(Files.readAllLines(cluster.resolve(FILE)));
        lines.set(0, NOBODYS_PID);
        PrivateFile.write(cluster.resolve(FILE), String.join("\n", lines) + "\n");
        unprivileged.handOver(cluster.resolve(FILE));
    }

    private static Optional<ProcessHandle> alive(Path cluster) throws IOException {
        if (!fileExists(cluster)) {
            return Optional.empty();
        }
        String pid =
                Files.readAllLines(cluster.resolve(FILE)).stream().findFirst().orElse("").strip();
        return pid.matches("\\d{1,10}")
                ? ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive)
                : Optional.empty();
    }

    private static boolean serves(ProcessHandle process, Path cluster) {
        ProcessHandle.Info info = process.info();
        boolean named = info.command().or(info::commandLine).orElse("").contains("postgres");
        return named
                && List.of(info.arguments().orElse(new String[0])).contains(cluster.toString());
    }
}
