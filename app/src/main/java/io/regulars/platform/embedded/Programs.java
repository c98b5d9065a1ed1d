package io.regulars.platform.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs PostgreSQL's own programs, cut off from whatever the user's environment says about
 * PostgreSQL and languages.
 */
record Programs(Path home, Path workingDirectory, Unprivileged unprivileged) {
    /** What a program printed, and whether it was content. */
    record Outcome(int exitCode, String output) {
        boolean succeeded() {
            return exitCode == 0;
        }
    }

    Outcome run(String program, String... arguments) throws IOException {
        Path executable = home.resolve("bin").resolve(program);
        List<String> command =
                Stream.of(
                                unprivileged.prefix().stream(),
                                Stream.of(executable.toString()),
                                Stream.of(arguments))
                        .flatMap(part -> part)
                        .toList();
        return run(command, workingDirectory);
    }

    int majorVersion() throws IOException {
        String answer = run("postgres", "--version").output();
        String digits = answer.replaceFirst("(?s)^\\D*(\\d+).*$", "$1");
        if (!digits.matches("\\d+")) {
            throw new EmbeddedDatabaseException(
                    "The PostgreSQL that comes with Regulars does not run on this machine ("
                            + answer.strip()
                            + "). Set DATABASE_URL to a PostgreSQL of your own.");
        }
        return Integer.parseInt(digits);
    }

    /** Whether a helper of the system exists and does what is asked of it. */
    static boolean succeeds(List<String> prefix, String... command) {
        List<String> words = new ArrayList<>(prefix);
        words.addAll(List.of(command));
        try {
            return run(words, Path.of("/")).succeeded();
        } catch (IOException e) {
            return false;
        }
    }

    private static Outcome run(List<String> command, Path directory) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Outcome(process.waitFor(), output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedDatabaseException(
                    "Interrupted while the embedded database was working.", e);
        }
    }
}
