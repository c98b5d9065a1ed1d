package io.regulars.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regulars.bench.lab.Pauses;
import io.regulars.bench.lab.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The statements a service really sends, as its database writes them down. */
final class SqlLog {

    /** For {@code Lab.postgres}: statements with their values, and who sent them. */
    static final Map<String, String> SETTINGS =
            Map.of("log_line_prefix", "@%p ", "log_error_verbosity", "default");

    private static final Pattern EXECUTE =
            Pattern.compile("(?s)@(\\d+) LOG:  (?:execute [^:]+|statement): (.*)");
    private static final Pattern DETAIL =
            Pattern.compile("(?s)@(\\d+) DETAIL:  [Pp]arameters: (.*)");
    private static final Pattern VALUE =
            Pattern.compile("(?s)\\$(\\d+) = (NULL|'(?:[^']|'')*')(?:, |$)");

    private SqlLog() {}

    /**
     * A statement with its parameters.
     *
     * @param values as literals: quoted, or NULL
     */
    record Sent(String sql, List<String> values) {}

    /** What makes the service work. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /**
     * The one transaction that the work made on this schema's tables and that says this word.
     *
     * @throws IOException if there was no such transaction, or several
     */
    static List<Sent> transaction(Postgres database, String schema, String word, Work work)
            throws IOException, SQLException {
        database.execute("alter system set log_statement = 'all'");
        database.execute("select pg_reload_conf()");
        Pauses.of(Duration.ofMillis(300));
        long from = Files.size(database.log());
        work.run();
        Pauses.of(Duration.ofMillis(300));
        byte[] log = Files.readAllBytes(database.log());
        database.execute("alter system reset log_statement");
        database.execute("select pg_reload_conf()");
        String text = new String(log, (int) from, (int) (log.length - from), UTF_8);
        List<List<Sent>> found =
                transactions(text).stream()
                        .filter(one -> says(one, schema + ".") && says(one, word))
                        .toList();
        if (found.size() != 1) {
            throw new IOException(
                    found.size() + " transactions on " + schema + " say \"" + word + "\"");
        }
        return found.getFirst();
    }

    private static boolean says(List<Sent> transaction, String word) {
        return transaction.stream()
                .anyMatch(sent ->
                        sent.sql().contains(word)
                                || sent.values().stream().anyMatch(v -> v.contains(word)));
    }

    private static List<List<Sent>> transactions(String log) {
        Map<String, List<Sent>> open = new HashMap<>();
        List<List<Sent>> done = new ArrayList<>();
        for (String entry : log.split("\n(?=@)", -1)) {
            Matcher execute = EXECUTE.matcher(entry.strip());
            Matcher detail = DETAIL.matcher(entry.strip());
            if (execute.matches()) {
                String sql = execute.group(2).strip();
                List<Sent> sent = open.computeIfAbsent(execute.group(1), pid -> new ArrayList<>());
                if (sql.equalsIgnoreCase("BEGIN")) {
                    sent.clear();
                } else if (sql.equalsIgnoreCase("COMMIT")) {
                    done.add(List.copyOf(sent));
                    sent.clear();
                } else {
                    sent.add(new Sent(sql, List.of()));
                }
            } else if (detail.matches()) {
                List<Sent> sent = open.getOrDefault(detail.group(1), new ArrayList<>());
                if (!sent.isEmpty()) {
                    sent.add(new Sent(sent.removeLast().sql(), values(detail.group(2))));
                }
            }
        }
        return done;
    }

    private static List<String> values(String text) {
        List<String> values = new ArrayList<>();
        Matcher value = VALUE.matcher(text);
        while (value.find()) {
            values.add(value.group(2));
        }
        return values;
    }
}
