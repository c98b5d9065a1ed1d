package io.regulars.platform.db;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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
 * Statements whose results nobody needs yet, sent together in one round trip: what costs time in a
 * short transaction is the way to the database and back. They run in the order in which they were
 * added, and before any query that comes after them.
 */
public final class Pipeline {

    /** A parameter, and neither a cast nor a colon inside a word. */
    private static final Pattern PARAMETER = Pattern.compile("(?<![:\\w]):([a-zA-Z]\\w*)");

    /** Room for all statements of the code at every place where they wait. */
    private static final Cache<Numbered, String> NUMBERED =
            Caffeine.newBuilder().maximumSize(2_000).build();

    private final List<Step> waiting = new ArrayList<>();

    Pipeline() {}

    /** What is done with the rows of a step, if it has any. */
    private interface Rows {
        void read(ResultSet rows) throws SQLException;
    }

    private record Step(String sql, Consumer<Values> values, @Nullable Rows rows) {}

    /** Turns the row that a result set stands on into something. */
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

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

    void write(String sql, Consumer<Values> values) {
        waiting.add(new Step(sql.strip(), values, null));
    }

    <T> void read(
            String sql, Consumer<Values> values, RowReader<T> reader, Consumer<List<T>> then) {
        waiting.add(
                new Step(
                        sql.strip(),
                        values,
                        rows -> {
                            List<T> found = new ArrayList<>();
                            while (rows.next()) {
                                found.add(reader.read(rows));
                            }
                            then.accept(found);
                        }));
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
            batch.prepare(update);
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
        batch.prepare(query);
        return query;
    }

    private Batch takeAll() {
        Batch batch = new Batch(List.copyOf(waiting));
        waiting.clear();
        return batch;
    }

    /**
     * A statement at its place among others: its parameters have that number behind their names.
     */
    private record Numbered(String sql, int place) {

        String text() {
            return PARAMETER.matcher(sql).replaceAll(":$1_" + place);
        }
    }

    /** Steps as one text, the parameters of each with a number. */
    private record Batch(List<Step> steps) implements StatementCustomizer {

        String sql() {
            StringBuilder sql = new StringBuilder();
            for (int i = 0; i < steps.size(); i++) {
                sql.append(i == 0 ? "" : ";\n")
                        .append(NUMBERED.get(new Numbered(steps.get(i).sql(), i), Numbered::text));
            }
            return sql.toString();
        }

        void prepare(SqlStatement<?> statement) {
            for (int i = 0; i < steps.size(); i++) {
                steps.get(i).values().accept(new Values(statement, "_" + i));
            }
            statement.addCustomizer(this);
        }

        /** Reads the rows of each step, and stops at what comes behind the last. */
        @Override
        public void afterExecution(PreparedStatement statement, StatementContext context)
                throws SQLException {
            for (Step step : steps) {
                if (step.rows() != null) {
                    try (ResultSet rows = statement.getResultSet()) {
                        step.rows().read(rows);
                    }
                }
                statement.getMoreResults();
            }
        }
    }
}
