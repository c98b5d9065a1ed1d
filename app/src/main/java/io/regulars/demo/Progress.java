package io.regulars.demo;

import io.regulars.ConsoleOutput;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Tells the person who started the demo what it is doing. */
public interface Progress {

    /** A step begins; it lasts until {@link #done}. */
    void step(String what);

    /** So far; a total of 0 means that it is not known. */
    void count(long done, long total, String unit);

    /** The step has ended, and with what. */
    void done(String outcome);

    /** Something to know that does not stop the demo. */
    void note(String line);

    /** The present step will not end: whatever is printed next starts on a line of its own. */
    void broken();

    /** The end of it. */
    void show(DemoReport report);

    /**
     * For standard output: at a terminal one line per step that keeps up to date, else plain lines.
     * Always UTF-8: names are Vietnamese, and a container without a locale would turn them into
     * question marks.
     */
    @ConsoleOutput
    static Progress onConsole() {
        Map<String, String> env = System.getenv();
        boolean terminal =
                Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
                        && !"dumb".equals(env.get("TERM"));
        PrintStream out =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        return new ConsoleProgress(
                out, terminal, terminal && env.getOrDefault("NO_COLOR", "").isEmpty());
    }
}
