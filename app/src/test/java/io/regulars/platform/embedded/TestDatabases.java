package io.regulars.platform.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Starts databases that share one copy of PostgreSQL's programs, and stops them all in the end. */
final class TestDatabases implements AutoCloseable {
    static final Path PROGRAMS =
            Path.of(System.getProperty("java.io.tmpdir"), "regulars-test-programs");

    private final Deque<EmbeddedDatabase> started = new ArrayDeque<>();

    EmbeddedDatabase start(Path dataDir) {
        return remember(EmbeddedDatabase.start(dataDir, PROGRAMS, Unprivileged::forThisUser));
    }

    EmbeddedDatabase startAsNobody(Path dataDir) {
        return remember(EmbeddedDatabase.start(dataDir, PROGRAMS, Unprivileged::asNobody));
    }

    private EmbeddedDatabase remember(EmbeddedDatabase database) {
        started.push(database);
        return database;
    }

    /**
     * Every process of the server dies at once; the service's own hold on the directory ends as
     * with its process.
     */
    void cutThePower(Path dataDir) throws Exception {
        ProcessHandle postmaster = ProcessHandle.of(postmaster(dataDir)).orElseThrow();
        List<ProcessHandle> workers = postmaster.children().toList();
        postmaster.destroyForcibly();
        workers.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle worker : workers) {
            worker.onExit().get(10, TimeUnit.SECONDS);
        }
        postmaster.onExit().get(10, TimeUnit.SECONDS);
        started.pop().close();
    }

    /** A free port of those that the system lends, which no database of ours chooses by itself. */
    static int lentPort() throws IOException {
        try (ServerSocket lent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return lent.getLocalPort();
        }
    }

    static long postmaster(Path dataDir) throws IOException {
        return Long.parseLong(
                Files.readAllLines(dataDir.resolve("postgres/postmaster.pid")).get(0));
    }

    static void execute(JdbcLogin login, String... statements) throws SQLException {
        try (Connection connection = connect(login);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    static String ask(JdbcLogin login, String query) throws SQLException {
        try (Connection connection = connect(login);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static Connection connect(JdbcLogin login) throws SQLException {
        return DriverManager.getConnection(login.url(), login.user(), login.password());
    }

    static void assumeRoot(Path probe) throws IOException {
        Assumptions.assumeTrue(
                Files.getOwner(probe).getName().equals("root"), "only root has powers to give up");
        Assumptions.assumeTrue(Programs.succeeds(List.of(), "setpriv", "true"), "needs setpriv");
    }

    @Override
    public void close() {
        started.forEach(EmbeddedDatabase::close);
        started.clear();
    }
}
