package io.regulars.platform.db;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Writes a whole schema into an archive, as it was at one moment, and reads it into an empty one of
 * the same version. A file for each table, in PostgreSQL's own text format.
 */
public final class TenantArchives {

    private static final Pattern TABLE = Pattern.compile("create table \\$\\{t\\}\\.(\\w+)");
    private static final String SUFFIX = ".copy";

    private final DataSource service;
    private final boolean tenantRoles;
    private final List<String> tables;

    TenantArchives(DataSource service, boolean tenantRoles, TenantMigrations migrations) {
        this.service = service;
        this.tenantRoles = tenantRoles;
        // In the order in which they refer to each other.
        this.tables =
                migrations.files().stream()
                        .flatMap(file -> TABLE.matcher(file.text()).results())
                        .map((MatchResult match) -> match.group(1))
                        .toList();
    }

    /** Writes the schema's rows below a folder; answers how many there are in each table. */
    public Map<String, Long> write(TenantRef side, ZipOutputStream archive, String folder) {
        return within(
                side.schema(),
                copy -> {
                    Map<String, Long> rows = new LinkedHashMap<>();
                    for (String table : tables) {
                        archive.putNextEntry(new ZipEntry(folder + "/" + table + SUFFIX));
                        rows.put(
                                table,
                                copy.copyOut(
                                        "copy " + side.schema() + "." + table + " to stdout",
                                        new Unclosed(archive)));
                        archive.closeEntry();
                    }
                    return rows;
                });
    }

    /** Reads the rows below a folder into an empty schema; all of them or none. */
    public Map<String, Long> read(String schema, ZipFile archive, String folder) {
        return within(
                schema,
                copy -> {
                    Map<String, Long> rows = new LinkedHashMap<>();
                    for (String table : tables) {
                        ZipEntry entry = archive.getEntry(folder + "/" + table + SUFFIX);
                        if (entry == null) {
                            throw new IOException("the archive has no " + folder + "/" + table);
                        }
                        try (InputStream in = archive.getInputStream(entry)) {
                            rows.put(
                                    table,
                                    copy.copyIn(
                                            "copy " + schema + "." + table + " from stdin", in));
                        }
                    }
                    return rows;
                });
    }

    private interface Work<R> {
        R with(CopyManager copy) throws SQLException, IOException;
    }

    private <R> R within(String schema, Work<R> work) {
        try (Connection connection = service.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try (Statement statement = connection.createStatement()) {
                if (tenantRoles) {
                    statement.execute("set local role " + schema);
                }
                R result = work.with(connection.unwrap(PGConnection.class).getCopyAPI());
                connection.commit();
                return result;
            } finally {
                connection.rollback();
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                connection.setAutoCommit(true);
            }
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("the archive of " + schema + " failed", e);
        }
    }

    /** The archive goes on after each of its files. */
    private static final class Unclosed extends FilterOutputStream {

        Unclosed(OutputStream to) {
            super(to);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() {
            // The next file follows.
        }
    }
}
