package io.regulars.platform.db;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Brings the control schema and Quartz's own up to date, and gives the service role its rights
 * there.
 */
final class ControlMigrations {

    private static final String LOCATION = "migrations/control";
    private static final String QUARTZ_TABLES = "/org/quartz/impl/jdbcjobstore/tables_postgres.sql";

    private ControlMigrations() {}

    static void migrate(DataSource owner, DatabaseSettings settings) {
        Jdbi jdbi = Jdbi.create(owner);
        List<SqlFile> files = SqlFile.list(LOCATION);
        if (isCurrent(jdbi, files)) {
            return;
        }
        jdbi.useTransaction(handle -> ensureRoles(handle, settings));
        Flyway.configure()
                .dataSource(owner)
                .schemas("control", "quartz")
                .defaultSchema("control")
                .locations("classpath:" + LOCATION)
                .encoding(StandardCharsets.UTF_8)
                .validateMigrationNaming(true)
                .load()
                .migrate();
        jdbi.useTransaction(ControlMigrations::createQuartzTables);
        jdbi.useTransaction(ControlMigrations::grant);
    }

    /**
     * From the script that Quartz's own jar brings; it begins with drops, so only where nothing is
     * there.
     */
    private static void createQuartzTables(Handle handle) {
        handle.execute("select pg_advisory_xact_lock(7236742334)");
        if (handle.createQuery("select to_regclass('quartz.qrtz_locks') is not null")
                .mapTo(boolean.class)
                .one()) {
            return;
        }
        handle.execute("set local search_path to quartz");
        try (InputStream script = ControlMigrations.class.getResourceAsStream(QUARTZ_TABLES);
                Statement statement = handle.getConnection().createStatement()) {
            statement.execute(
                    new String(requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("Quartz's tables could not be made", e);
        }
    }

    /**
     * Spares a start on a current database the second that Flyway takes to find that there is
     * nothing to do.
     */
    private static boolean isCurrent(Jdbi jdbi, List<SqlFile> files) {
        return jdbi.withHandle(handle -> {
            boolean known =
                    handle.createQuery(
                                    "select to_regclass('control.flyway_schema_history') is not null")
                            .mapTo(boolean.class)
                            .one();
            return known
                    && handle.createQuery(
                                    "select version from control.flyway_schema_history where success")
                            .mapTo(String.class)
                            .set()
                            .containsAll(
                                    files.stream().map(f -> Long.toString(f.version())).toList());
        });
    }

    private static void ensureRoles(Handle handle, DatabaseSettings settings) {
        // Two nodes may start on an empty database at once.
        handle.execute("select pg_advisory_xact_lock(7236742334)");
        handle.execute("revoke all on schema public from public");
        // Roles belong to the server, whose other databases this lock does not hold.
        handle.execute(
                """
                do $$
                begin
                  if not exists (select from pg_roles where rolname = '%1$s') then
                    create role %1$s nologin noinherit;
                  end if;
                exception when duplicate_object or unique_violation then
                  null;
                end $$
                """
                        .replace("%1$s", Databases.SERVICE_ROLE));
        String login = settings.app().map(DatabaseUrl::user).orElse(settings.owner().user());
        handle.execute(
                "grant "
                        + Databases.SERVICE_ROLE
                        + " to \""
                        + login.replace("\"", "\"\"")
                        + "\" with inherit false, set true");
    }

    private static void grant(Handle handle) {
        for (String schema : List.of("control", "quartz")) {
            handle.execute("revoke all on schema " + schema + " from public");
            handle.execute("grant usage on schema " + schema + " to " + Databases.SERVICE_ROLE);
            handle.execute(
                    "grant select, insert, update, delete on all tables in schema "
                            + schema
                            + " to "
                            + Databases.SERVICE_ROLE);
        }
    }
}
