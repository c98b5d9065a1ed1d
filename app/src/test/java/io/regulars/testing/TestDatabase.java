package io.regulars.testing;

import com.codahale.metrics.MetricRegistry;
import io.regulars.platform.db.DatabaseSettings;
import io.regulars.platform.db.DatabaseUrl;
import io.regulars.platform.db.Databases;
import io.regulars.platform.db.Side;
import io.regulars.platform.time.Clock;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * A real PostgreSQL for the whole test run, and empty databases in it with an owner and a weaker
 * login.
 */
public final class TestDatabase {

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long ROOM = 6L << 30;
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final EmbeddedPostgres SERVER = start();

    static {
        // Classes run beside each other: what a thread of one dies of is not for another to fail
        // of.
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }

    private TestDatabase() {}

    /** A new empty database; PostgreSQL's own superuser is not used behind this line. */
    public static DatabaseSettings create() {
        String name = "regulars_" + COUNT.incrementAndGet();
        superuser("create database " + name + " owner regulars_owner");
        superuser("revoke all on database " + name + " from public");
        superuser("grant connect on database " + name + " to regulars_app");
        return DatabaseSettings.defaults(
                url(name, "regulars_owner"), Optional.of(url(name, "regulars_app")));
    }

    public static Databases open(Clock clock) {
        return Databases.open(create(), clock, new MetricRegistry());
    }

    /** For looking into a database from outside, past every guard. */
    public static Connection superuserConnection(DatabaseSettings settings) throws SQLException {
        String jdbcUrl = settings.owner().jdbcUrl();
        return SERVER.getDatabase("postgres", jdbcUrl.substring(jdbcUrl.lastIndexOf('/') + 1))
                .getConnection();
    }

    /** The first value that a query answers, past every guard. */
    public static String text(DatabaseSettings settings, String query) {
        try (Connection connection = superuserConnection(settings);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            boolean _ = row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    /** The same of a query that counts. */
    public static long number(DatabaseSettings settings, String query) {
        return Long.parseLong(text(settings, query));
    }

    /** Changes what lies in a database, past every guard. */
    public static void change(DatabaseSettings settings, String sql) {
        try (Connection connection = superuserConnection(settings);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Where a shop's data lies. */
    public static String schema(DatabaseSettings settings, UUID tenant, Side side) {
        return text(
                settings,
                "select " + side.key() + "_schema from control.tenant where id = '" + tenant + "'");
    }

    /** How many wait for a lock in this database at this moment. */
    public static long waiting(DatabaseSettings settings) {
        return number(
                settings,
                "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()");
    }

    public static DatabaseUrl url(String database, String user) {
        return new DatabaseUrl(
                "jdbc:postgresql://localhost:" + SERVER.getPort() + "/" + database, user, "secret");
    }

    private static void superuser(String sql) {
        try (Connection connection = SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres server =
                    EmbeddedPostgres.builder()
                            .setServerConfig("max_connections", "300")
                            .setServerConfig("max_locks_per_transaction", "256")
                            .setServerConfig("shared_buffers", "128MB")
                            .setServerConfig("jit", "off")
                            // What is lost with the machine need not survive it, and nothing lives
                            // long enough to be tidied up.
                            .setServerConfig("fsync", "off")
                            .setServerConfig("full_page_writes", "off")
                            .setServerConfig("wal_level", "minimal")
                            .setServerConfig("max_wal_senders", "0")
                            .setServerConfig("max_wal_size", "4GB")
                            .setServerConfig("autovacuum", "off")
                            .setDataDirectory(directory())
                            .start();
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(
                        "create role regulars_owner login createrole noinherit password 'secret'");
                statement.execute("create role regulars_app login noinherit password 'secret'");
            }
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * In memory where there is room: each shop is a hundred and more files, and a disk that has
     * just been freed of as many takes its time to give them names.
     */
    private static Path directory() throws IOException {
        return Files.isWritable(MEMORY) && MEMORY.toFile().getUsableSpace() > ROOM
                ? Files.createTempDirectory(MEMORY, "regulars-tests")
                : Files.createTempDirectory("regulars-tests");
    }
}
