package io.regulars.bench;

import io.regulars.bench.lab.Postgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** The rows of a shop by {@code COPY} into a schema with the same tables, indexes and guards. */
final class CopyReference {

    private static final String SCHEMA = "reference";

    /** What says how an import went is not what it imported. */
    private static final String NOT_COPIED = "^(import|setting|program)";

    private final Postgres database;
    private final Path directory;
    private List<String> copied = List.of();

    CopyReference(Postgres database, Path directory) {
        this.database = database;
        this.directory = directory;
    }

    /** The tables of the last time, with their rows. */
    String copied() {
        return String.join(", ", copied);
    }

    /**
     * @return seconds, without making the tables
     */
    double copyAll(String schema) throws IOException, SQLException {
        List<String> tables = new ArrayList<>();
        double seconds = 0;
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            makeTables(statement, schema);
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            for (String table : filled(statement, schema)) {
                Path file = directory.resolve(table + ".copy");
                try (OutputStream out = Files.newOutputStream(file)) {
                    copy.copyOut(
                            "copy " + schema + "." + table + " to stdout (format binary)", out);
                }
                long start = System.nanoTime();
                long rows;
                try (InputStream in = Files.newInputStream(file)) {
                    rows =
                            copy.copyIn(
                                    "copy " + SCHEMA + "." + table + " from stdin (format binary)",
                                    in,
                                    1 << 18);
                }
                seconds += (System.nanoTime() - start) / 1e9;
                tables.add(String.format(Locale.ROOT, "`%s` %,d", table, rows));
                Files.delete(file);
            }
        }
        copied = List.copyOf(tables);
        return seconds;
    }

    /** All of them, since their foreign keys name each other. */
    private static void makeTables(Statement statement, String schema) throws SQLException {
        statement.execute("drop schema if exists " + SCHEMA + " cascade");
        statement.execute("create schema " + SCHEMA);
        for (String table :
                names(
                        statement,
                        "select relname from pg_class where relkind = 'r' and relnamespace = '"
                                + schema
                                + "'::regnamespace")) {
            statement.execute(
                    "create table "
                            + SCHEMA
                            + "."
                            + table
                            + " (like "
                            + schema
                            + "."
                            + table
                            + " including all)");
        }
        for (String foreignKey :
                names(
                        statement,
                        "select 'alter table "
                                + SCHEMA
                                + ".' || conrelid::regclass::text || ' add ' ||"
                                + " pg_get_constraintdef(oid) from pg_constraint where contype ="
                                + " 'f' and connamespace = '"
                                + schema
                                + "'::regnamespace")) {
            statement.execute(
                    foreignKey
                            .replace(SCHEMA + "." + schema + ".", SCHEMA + ".")
                            .replace(" " + schema + ".", " " + SCHEMA + "."));
        }
    }

    /** Those with rows, each behind those that its foreign keys name. */
    private static List<String> filled(Statement statement, String schema) throws SQLException {
        List<String> ordered =
                names(
                        statement,
                        String.format(
                                Locale.ROOT,
                                """
                                with recursive level as (
                                    select c.oid, 0 as n from pg_class c
                                     where c.relkind = 'r' and c.relnamespace = '%1$s'::regnamespace
                                    union all
                                    select k.conrelid, level.n + 1 from level
                                      join pg_constraint k on k.contype = 'f' and k.confrelid = level.oid
                                       and k.conrelid <> k.confrelid and level.n < 20)
                                select c.relname from level join pg_class c on c.oid = level.oid
                                 where c.relname !~ '%2$s' group by c.relname order by max(n), c.relname
                                """,
                                schema,
                                NOT_COPIED));
        List<String> filled = new ArrayList<>();
        for (String table : ordered) {
            if (names(statement, "select exists (select from " + schema + "." + table + ")::text")
                    .contains("true")) {
                filled.add(table);
            }
        }
        return filled;
    }

    private static List<String> names(Statement statement, String sql) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}
