package io.regulars.platform.db;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Statements whose results nobody waits for, sent together in one round trip: what costs time in a
 * short transaction is the way to the database and back. They run in the order in which they were
 * added, and before any query that comes after them.
 */
public final class Writes {

    /** A parameter, and neither a cast nor a colon inside a word. */
    private static final Pattern PARAMETER = Pattern.compile("(?<![:\\w]):([a-zA-Z]\\w*)");

    private final List<Write> waiting = new ArrayList<>();

    Writes() {}

    private record Write(String sql, Consumer<Values> values) {}

    /** The values of one statement. */
    public static final class Values {

        private final SqlStatement<?> statement;
        private final String suffix;

        private Values(SqlStatement<?> statement, String suffix) {
            this.statement = statement;
            this.suffix = suffix;
        }

        public Values bind(String name, @Nullable Object value) {
            statement.bind(name + suffix, value);
            return this;
        }

        public Values bindArray(String name, Class<?> elementType, List<?> values) {
            statement.bindArray(name + suffix, elementType, values);
            return this;
        }

        /** One value of each row as an array, nulls included. */
        public <R, T extends @Nullable Object> Values bindColumn(
                String name, Class<?> elementType, List<R> rows, Function<R, T> column) {
            return bindArray(name, elementType, Columns.of(rows, column));
        }
    }

    void add(String sql, Consumer<Values> values) {
        waiting.add(new Write(sql.strip(), values));
    }

    /** What waits is not to be done after all. */
    void forget() {
        waiting.clear();
    }

    /** Sends what waits. */
    void send(Handle handle) {
        if (waiting.isEmpty()) {
            return;
        }
        Batch batch = takeAll();
        try (Update update = handle.createUpdate(batch.sql())) {
            batch.bind(update);
            update.execute();
        }
    }

    /** A query before which what waits is done, in the same round trip. */
    Query before(Handle handle, String sql) {
        if (waiting.isEmpty()) {
            return handle.createQuery(sql);
        }
        Batch batch = takeAll();
        Query query = handle.createQuery(batch.sql() + ";\n" + sql);
        batch.bind(query);
        query.addCustomizer(new FirstRows());
        return query;
    }

    private Batch takeAll() {
        Batch batch = new Batch(List.copyOf(waiting));
        waiting.clear();
        return batch;
    }

    /** Statements as one text, the parameters of each with a number. */
    private record Batch(List<Write> writes) {

        String sql() {
            StringBuilder sql = new StringBuilder();
            for (int i = 0; i < writes.size(); i++) {
                sql.append(i == 0 ? "" : ";\n")
                        .append(PARAMETER.matcher(writes.get(i).sql()).replaceAll(":$1_" + i));
            }
            return sql.toString();
        }

        void bind(SqlStatement<?> statement) {
            for (int i = 0; i < writes.size(); i++) {
                writes.get(i).values().accept(new Values(statement, "_" + i));
            }
        }
    }

    /** Goes past the counts of changed rows to the rows that were asked for. */
    private static final class FirstRows implements StatementCustomizer {

        @Override
        public void afterExecution(PreparedStatement statement, StatementContext context)
                throws SQLException {
            while (statement.getResultSet() == null
                    && (statement.getMoreResults() || statement.getUpdateCount() != -1)) {
                // The next one.
            }
        }
    }
}
