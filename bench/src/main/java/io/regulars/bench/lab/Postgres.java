package io.regulars.bench.lab;

import io.regulars.platform.embedded.EmbeddedDatabase;
import io.regulars.platform.embedded.JdbcLogin;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * A PostgreSQL for services to use by {@code DATABASE_URL}: the programs and settings of the
 * embedded one, so fsync is on, with passwords, in a directory of its own.
 */
public final class Postgres implements AutoCloseable {

    private final Path directory;
    private EmbeddedDatabase server;

    private Postgres(Path directory, EmbeddedDatabase server) {
        this.directory = directory;
        this.server = server;
    }

    static Postgres start(Path directory, Map<String, String> settings) throws IOException {
        Postgres postgres = new Postgres(directory, EmbeddedDatabase.start(directory));
        if (!settings.isEmpty()) {
            postgres.restart(settings);
        }
        return postgres;
    }

    /** Stops it as its administrator would, and starts it with these settings over the usual. */
    public void restart(Map<String, String> settings) throws IOException {
        server.close();
        Files.writeString(
                cluster().resolve("regulars.local.conf"),
                settings.entrySet().stream()
                        .map(e -> e.getKey() + " = '" + e.getValue() + "'\n")
                        .collect(Collectors.joining()));
        server = EmbeddedDatabase.start(directory);
    }

    /** Starts it again after {@link #kill}; returns when it has repaired itself. */
    public void revive() {
        server.close();
        server = EmbeddedDatabase.start(directory);
    }

    /** As if the machine had lost its power, but for the disk. */
    public void kill() throws IOException {
        ProcessHandle postmaster = ProcessHandle.of(pid()).orElseThrow();
        postmaster.destroyForcibly();
        postmaster.onExit().join();
    }

    /** Of the first process, the parent of all others. */
    public long pid() throws IOException {
        return Long.parseLong(
                Files.readAllLines(cluster().resolve("postmaster.pid")).getFirst().strip());
    }

    /** Where the data lies. */
    public Path cluster() {
        return directory.resolve("postgres");
    }

    /** What the server says. */
    public Path log() {
        return directory.resolve("postgres.log");
    }

    public int port() {
        String url = server.owner().url();
        return Integer.parseInt(url.replaceFirst("^.*:(\\d+)/.*$", "$1"));
    }

    public JdbcLogin owner() {
        return server.owner();
    }

    public JdbcLogin app() {
        return server.app();
    }

    /** The login that may everything; not what a service gets. */
    public JdbcLogin superuser() throws IOException {
        Properties passwords = new Properties();
        passwords.load(new StringReader(Files.readString(directory.resolve("postgres-passwords"))));
        String password = passwords.getProperty("postgres");
        if (password == null) {
            throw new IOException("no password of the superuser in " + directory);
        }
        return new JdbcLogin(server.owner().url(), "postgres", password);
    }

    /** A connection past every guard. */
    public Connection connect() throws IOException, SQLException {
        JdbcLogin login = superuser();
        return DriverManager.getConnection(login.url(), login.user(), login.password());
    }

    public void execute(String sql) throws IOException, SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the first row. */
    public String ask(String sql) throws IOException, SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            if (!rows.next()) {
                throw new SQLException("no row: " + sql);
            }
            return String.valueOf(rows.getString(1));
        }
    }

    /** In the form of {@code DATABASE_URL}. */
    public static String url(JdbcLogin login) {
        return login.url()
                .replace(
                        "jdbc:postgresql://",
                        "postgresql://" + login.user() + ":" + login.password() + "@");
    }

    @Override
    public void close() {
        server.close();
    }
}
