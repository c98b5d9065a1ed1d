package io.regulars.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regulars.bench.lab.Postgres;
import io.regulars.platform.embedded.JdbcLogin;
import io.regulars.platform.time.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PostgreSQL's own load generator with the service's statements, prepared once for each connection.
 * One process takes at most 128 scripts, so the shops are dealt out to several.
 */
final class Pgbench {

    static final String MISSING =
            "`pgbench` is not on this machine, so there is no reference: `apt-get install"
                    + " postgresql-contrib` (or the PostgreSQL client tools of your system).";

    private static final int PROCESSES = 4;
    private static final int MOST_SCRIPTS = 128;
    private static final Pattern PROGRESS =
            Pattern.compile(
                    "progress: ([0-9.]+) s, ([0-9.]+) tps, lat ([0-9.]+) ms.*?(\\d+) failed");

    private final Postgres database;
    private final Path directory;

    Pgbench(Postgres database, Path directory) {
        this.database = database;
        this.directory = directory;
    }

    static boolean there() {
        try {
            return new ProcessBuilder("pgbench", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * @param scripts one for each shop, of which each transaction takes one at random
     * @return transactions a second, without the warm-up
     */
    double run(List<String> scripts, int connections, Duration warmUp, Duration measured)
            throws IOException {
        Files.createDirectories(directory);
        List<List<Path>> dealt = new ArrayList<>();
        for (int p = 0; p < PROCESSES; p++) {
            dealt.add(new ArrayList<>());
        }
        for (int i = 0; i < scripts.size(); i++) {
            Path file = directory.resolve("shop-" + i + ".sql");
            Files.writeString(file, scripts.get(i));
            List<Path> hand = dealt.get(i % PROCESSES);
            if (hand.size() < MOST_SCRIPTS) {
                hand.add(file);
            }
        }
        List<Process> running = new ArrayList<>();
        for (int p = 0; p < PROCESSES; p++) {
            running.add(start(p, dealt.get(p), connections / PROCESSES, warmUp.plus(measured)));
        }
        double all = 0;
        for (Process process : running) {
            all += perSecond(process, warmUp);
        }
        return all;
    }

    private Process start(int number, List<Path> scripts, int connections, Duration time)
            throws IOException {
        JdbcLogin login = database.app();
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "pgbench",
                                "-n",
                                "-M",
                                "prepared",
                                "-h",
                                "127.0.0.1",
                                "-p",
                                Integer.toString(database.port()),
                                "-U",
                                login.user(),
                                "-c",
                                Integer.toString(connections),
                                "-T",
                                Long.toString(time.toSeconds()),
                                "-P",
                                "1",
                                "-D",
                                "n=" + Clock.system().now().toEpochMilli(),
                                "-D",
                                "process=" + number));
        scripts.forEach(script -> command.addAll(List.of("-f", script.toString())));
        command.add("regulars");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", login.password());
        return builder.start();
    }

    private static double perSecond(Process process, Duration warmUp) throws IOException {
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        double sum = 0;
        int seconds = 0;
        Matcher progress = PROGRESS.matcher(said);
        while (progress.find()) {
            if (Double.parseDouble(progress.group(1)) > warmUp.toSeconds() + 0.5) {
                sum += Double.parseDouble(progress.group(2));
                seconds++;
            }
        }
        if (seconds == 0 || said.contains("ERROR") || said.contains("aborted")) {
            throw new IOException("pgbench: " + said.substring(0, Math.min(3_000, said.length())));
        }
        return sum / seconds;
    }
}
