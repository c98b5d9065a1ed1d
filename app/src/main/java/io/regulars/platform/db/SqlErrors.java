package io.regulars.platform.db;

import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the database's errors mean to the rest of the house. */
final class SqlErrors {

    private static final Logger LOG = LoggerFactory.getLogger(SqlErrors.class);

    private static final int TRIES = 4;

    /** Serialization failure, deadlock: the same work may well succeed at once. */
    private static final Set<String> TRY_AGAIN = Set.of("40001", "40P01");

    /**
     * The connection broke, connections or disk ran out, the server stops or starts, its files
     * cannot be read or written; by class, for each has more codes than anyone remembers.
     */
    private static final Set<String> UNAVAILABLE_CLASSES = Set.of("08", "53", "58");

    /** Stopping, starting, cancelled by a time-out, out of patience with a lock or with us. */
    private static final Set<String> UNAVAILABLE =
            Set.of("57P01", "57P02", "57P03", "57P05", "57014", "55P03", "25P03");

    private SqlErrors() {}

    static <R> R translated(Supplier<R> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (JdbiException e) {
                Optional<SQLException> cause = sqlCause(e);
                boolean again = cause.map(c -> TRY_AGAIN.contains(c.getSQLState())).orElse(false);
                if (!again || attempt == TRIES) {
                    throw translate(e, cause);
                }
            }
        }
    }

    /** Whether somebody else was in the way: a lock, a deadlock, a serialization failure. */
    static boolean isBusy(Throwable e) {
        return sqlCause(e)
                .map(SQLException::getSQLState)
                .filter(state -> TRY_AGAIN.contains(state) || state.equals("55P03"))
                .isPresent();
    }

    /** Whether the server says that this role may not do it. */
    static boolean isForbidden(Throwable e) {
        return sqlCause(e).filter(cause -> "42501".equals(cause.getSQLState())).isPresent();
    }

    /** Whether a statement took longer than it may. */
    static boolean isTimeout(Throwable e) {
        return sqlCause(e).filter(cause -> "57014".equals(cause.getSQLState())).isPresent();
    }

    private static RuntimeException translate(JdbiException e, Optional<SQLException> cause) {
        String state = cause.map(SQLException::getSQLState).orElse("");
        if (e instanceof ConnectionException || isUnavailable(state)) {
            LOG.warn("database unavailable: {}", e.getMessage());
            return Problem.of(
                            ProblemType.UNAVAILABLE,
                            "The database cannot answer right now; try again.")
                    .retryAfter(Duration.ofSeconds(5));
        }
        if (state.equals("23505")) {
            return new UniqueViolation(cause.flatMap(SqlErrors::constraint).orElse(""), e);
        }
        return e;
    }

    private static boolean isUnavailable(String state) {
        return UNAVAILABLE.contains(state)
                || (state.length() == 5 && UNAVAILABLE_CLASSES.contains(state.substring(0, 2)));
    }

    private static Optional<SQLException> sqlCause(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Optional.of(sql);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> constraint(SQLException e) {
        return e instanceof PSQLException postgres
                ? Optional.ofNullable(postgres.getServerErrorMessage())
                        .map(ServerErrorMessage::getConstraint)
                : Optional.empty();
    }
}
