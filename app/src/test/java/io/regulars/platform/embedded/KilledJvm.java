package io.regulars.platform.embedded;

import io.regulars.ConsoleOutput;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A service in a process of its own, which says one line and then waits for its violent end. */
final class KilledJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private KilledJvm(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    static KilledJvm start(Path dataDir) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder =
                new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledJvm.class.getName(),
                        dataDir.toString());
        return new KilledJvm(builder.redirectError(ProcessBuilder.Redirect.DISCARD).start());
    }

    /** Says the postmaster's process number, or why there is none. */
    @ConsoleOutput
    public static void main(String[] arguments) throws Exception {
        Path dataDir = Path.of(arguments[0]);
        try {
            EmbeddedDatabase database =
                    EmbeddedDatabase.start(
                            dataDir, TestDatabases.PROGRAMS, Unprivileged::forThisUser);
            TestDatabases.execute(
                    database.owner(),
                    "create schema kept",
                    "create table kept.notes as select 'written before the kill' as note");
            System.out.println("POSTMASTER=" + TestDatabases.postmaster(dataDir));
        } catch (EmbeddedDatabaseException e) {
            System.out.println("POSTMASTER=" + e.getMessage());
        }
        // Until it is killed, or whoever started it is gone.
        System.in.read();
    }

    /** The first line that is not the log's. */
    String readLine() {
        String mark = "POSTMASTER=";
        return output.lines()
                .filter(line -> line.startsWith(mark))
                .findFirst()
                .map(line -> line.substring(mark.length()))
                .orElseThrow(
                        () -> new UncheckedIOException(new IOException("the child said nothing")));
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
