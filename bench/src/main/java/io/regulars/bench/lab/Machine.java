package io.regulars.bench.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regulars.platform.time.Clock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Where and when something was measured. */
public final class Machine {

    private Machine() {}

    /**
     * @param started {@link System#nanoTime()} at the beginning
     */
    public static String conditions(Lab lab, long started) throws IOException, SQLException {
        return String.format(
                Locale.ROOT,
                "%s, %d processors (%s), %.0f GB, %s %s; Java %s, PostgreSQL %s; Regulars %s; took"
                        + " %d s, load at the end %.1f",
                Clock.system().now().atZone(ZoneOffset.UTC).toLocalDate(),
                Runtime.getRuntime().availableProcessors(),
                processor(),
                memoryGigabytes(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("java.version"),
                lab.postgres().ask("select split_part(version(), ' ', 2)"),
                commit(lab.root()),
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static double memoryGigabytes() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize() / (double) (1L << 30)
                : 0;
    }

    private static String processor() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("model name")) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        }
        return System.getProperty("os.arch", "unknown");
    }

    private static String commit(Path root) throws IOException {
        Process git =
                new ProcessBuilder("git", "rev-parse", "--short", "HEAD")
                        .directory(root.toFile())
                        .redirectErrorStream(true)
                        .start();
        String answer = new String(git.getInputStream().readAllBytes(), UTF_8).strip();
        return answer.matches("[0-9a-f]{7,}") ? answer : "without a commit";
    }
}
