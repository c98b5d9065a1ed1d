package io.regulars.platform.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** PostgreSQL's last words, put so that the person who started the service knows what to do. */
final class StartTrouble {
    private static final int LINES_SHOWN = 8;

    private StartTrouble() {}

    static boolean isPortTaken(String log) {
        return log.contains("could not bind")
                || log.contains("could not create any TCP/IP sockets");
    }

    static EmbeddedDatabaseException explain(String output, Path logFile) {
        return new EmbeddedDatabaseException(
                reason(output)
                        + " PostgreSQL said:\n"
                        + tail(output)
                        + "\nThe whole log is in "
                        + logFile
                        + ".");
    }

    static String read(Path logFile) {
        try {
            return Files.exists(logFile) ? Files.readString(logFile) : "";
        } catch (IOException e) {
            return "";
        }
    }

    private static String reason(String output) {
        if (output.contains("No space left on device")) {
            return "The disk is full, so the database cannot start. Free some space and start again; nothing is lost.";
        }
        if (isPortTaken(output)) {
            return "The database's port on 127.0.0.1 is taken by another program. Start again, and another one is chosen.";
        }
        if (output.contains("Permission denied") || output.contains("wrong ownership")) {
            return "The database files belong to another user. Start Regulars as the user who started it the first time.";
        }
        if (output.contains("pre-existing shared memory block")) {
            return "Parts of an earlier database process still run. Restart this machine, then start again.";
        }
        if (output.contains("could not map anonymous shared memory")
                || output.contains("Cannot allocate memory")) {
            return "This machine has too little free memory for the database (about 200 MB).";
        }
        if (output.contains("did not start in time") || output.contains("still starting up")) {
            return "The database is still repairing itself after a hard stop. Wait some minutes, then start again.";
        }
        return "The embedded database did not start.";
    }

    private static String tail(String output) {
        List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
        return String.join(
                "\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    }
}
