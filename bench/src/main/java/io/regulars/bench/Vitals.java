package io.regulars.bench;

import io.regulars.bench.lab.Client;
import io.regulars.bench.lab.Node;
import io.regulars.bench.lab.Postgres;
import io.regulars.bench.lab.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a running service and its database say of themselves. */
final class Vitals {

    /** The campaigns' jobs have no failures and no rates to their names, but quantiles. */
    private static final Pattern TICK =
            Pattern.compile(
                    "(?m)^jobs_(?:birthday|anniversary|monthly|win_?back|points|nps|broadcast)\\w*\\{quantile=\"0.5\"[^}]*} (\\S+)$",
                    Pattern.CASE_INSENSITIVE);

    private Vitals() {}

    /** All the campaigns' jobs of one tick together; each by its median. */
    static double tickMillis(Node node) throws IOException {
        try (Client client = new Client(node.admin())) {
            String metrics = client.send(Request.get("/metrics")).expect(200).text();
            Matcher job = TICK.matcher(metrics);
            double seconds = 0;
            boolean any = false;
            while (job.find()) {
                seconds += Double.parseDouble(job.group(1));
                any = true;
            }
            if (!any) {
                throw new IOException("no job tells how long it takes");
            }
            return seconds * 1e3;
        }
    }

    /** Without the memory that all share. */
    static double largestBackendMegabytes(Postgres database) throws Exception {
        double largest = 0;
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select pid from pg_stat_activity where backend_type = 'client backend'")) {
            while (rows.next()) {
                Path status = Path.of("/proc/" + rows.getLong(1) + "/status");
                for (String line :
                        Files.exists(status)
                                ? Files.readAllLines(status)
                                : java.util.List.<String>of()) {
                    if (line.startsWith("RssAnon:")) {
                        largest =
                                Math.max(
                                        largest,
                                        Double.parseDouble(line.replaceAll("\\D", "")) / 1024);
                    }
                }
            }
        }
        return largest;
    }

    static double databaseMegabytes(Postgres database) throws Exception {
        return Double.parseDouble(database.ask("select pg_database_size(current_database())"))
                / (1 << 20);
    }
}
