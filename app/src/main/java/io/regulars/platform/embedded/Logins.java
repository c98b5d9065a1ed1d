package io.regulars.platform.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The database and its two logins. Every step looks first whether it was already done, so that a
 * first start that was cut short is simply finished by the next one.
 */
record Logins(int port, Passwords passwords) {
    static final String SUPERUSER = "postgres";
    static final String OWNER = "regulars_owner";
    static final String APP = "regulars_app";
    private static final String DATABASE = "regulars";

    JdbcLogin owner() {
        return new JdbcLogin(url(DATABASE), OWNER, passwords.owner());
    }

    JdbcLogin app() {
        return new JdbcLogin(url(DATABASE), APP, passwords.app());
    }

    void ensure() throws SQLException {
        try (Connection connection = superuser(SUPERUSER)) {
            ensureRole(connection, OWNER, "login createrole", passwords.owner());
            ensureRole(connection, APP, "login noinherit", passwords.app());
            if (!exists(connection, "select 1 from pg_database where datname = ?", DATABASE)) {
                run(connection, List.of("create database " + DATABASE + " owner " + OWNER));
            }
            run(
                    connection,
                    List.of(
                            "revoke all on database " + DATABASE + " from public",
                            "revoke all on database postgres, template1 from public",
                            "grant connect on database " + DATABASE + " to " + APP));
        }
        try (Connection connection = superuser(DATABASE)) {
            run(connection, List.of("revoke create on schema public from public"));
        }
    }

    /**
     * The password needs no quoting, see {@link FreshSecret}, and the server's log leaves
     * statements out.
     */
    private static void ensureRole(
            Connection connection, String role, String options, String password)
            throws SQLException {
        if (!exists(connection, "select 1 from pg_roles where rolname = ?", role)) {
            run(
                    connection,
                    List.of(
                            "create role "
                                    + role
                                    + " "
                                    + options
                                    + " password '"
                                    + password
                                    + "'"));
        }
    }

    private static boolean exists(Connection connection, String query, String name)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void run(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private Connection superuser(String database) throws SQLException {
        return DriverManager.getConnection(url(database), SUPERUSER, passwords.superuser());
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }
}
