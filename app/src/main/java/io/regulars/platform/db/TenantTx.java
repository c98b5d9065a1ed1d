package io.regulars.platform.db;

import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/**
 * An open transaction inside one tenant. SQL names the schema as {@code <t>.table}; an unqualified
 * name finds nothing.
 */
public final class TenantTx {

    private static final String AS_IF = "as_if";
    private static final String APART = "apart";

    private final Handle handle;
    private final TenantRef tenant;
    private final Instant now;
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final Pipeline pipeline;
    private final Map<Object, Object> known = new HashMap<>();
    private final Set<String> announced = new LinkedHashSet<>();

    TenantTx(Handle handle, TenantRef tenant, Instant now, Pipeline pipeline) {
        this.handle = handle;
        this.tenant = tenant;
        this.now = now;
        this.pipeline = pipeline;
    }

    public Handle handle() {
        flush();
        return handle;
    }

    public TenantRef tenant() {
        return tenant;
    }

    /**
     * One moment for the whole transaction: the service's clock, or the tenant's own on its test
     * side.
     */
    public Instant now() {
        return now;
    }

    public Query query(String sql) {
        return pipeline.before(handle, sql);
    }

    public Update update(String sql) {
        flush();
        return handle.createUpdate(sql);
    }

    /**
     * Adds a statement whose result nobody waits for: it is sent together with others, in their
     * order, before the next query or the commit. An error of it comes up there.
     */
    public void write(String sql, Consumer<Pipeline.Values> values) {
        pipeline.write(sql, values);
    }

    /**
     * Asks for rows that are needed later: they come together with what else waits, with the next
     * query or when they are looked at.
     */
    public <T> Later<List<T>> later(
            String sql, Consumer<Pipeline.Values> values, Pipeline.RowReader<T> reader) {
        Later<List<T>> later = new Later<>(this::flush);
        pipeline.read(sql, values, reader, later::come);
        return later;
    }

    /**
     * Does something with rows that come with the next round trip, before the commit at the latest.
     * It must not use this transaction.
     */
    public <T> void later(
            String sql,
            Consumer<Pipeline.Values> values,
            Pipeline.RowReader<T> reader,
            Consumer<List<T>> then) {
        pipeline.read(sql, values, reader, then);
    }

    /** Something that holds for this whole transaction, found out once. */
    @SuppressWarnings("unchecked") // a key is always used with the same type
    public <T> T once(Object key, Supplier<T> work) {
        Object there = known.get(key);
        if (there == null) {
            there = work.get();
            known.put(key, there);
        }
        return (T) there;
    }

    /** It may have changed: it is found out anew. */
    public void forget(Object key) {
        known.remove(key);
    }

    /**
     * Does something as if, and answers what would have come of it: nothing of it stays, and
     * nothing that waits for the commit hears of it.
     */
    public <R> R asIf(Supplier<R> work) {
        flush();
        Runnable undo = savepoint(AS_IF);
        try {
            R result = work.get();
            flush();
            return result;
        } finally {
            undo.run();
        }
    }

    /**
     * Does a part that may be refused without the rest of the transaction.
     *
     * @throws RuntimeException of the work; nothing of it stays then
     */
    public <R> R apart(Supplier<R> work) {
        flush();
        Runnable undo = savepoint(APART);
        try {
            R result = work.get();
            flush();
            return result;
        } catch (RuntimeException e) {
            undo.run();
            throw e;
        }
    }

    /**
     * Runs queries of which none may take longer than this.
     *
     * @throws Problem 422 {@code too_slow}; nothing more can be done in the transaction then
     */
    public <R> R within(Duration atMost, Supplier<R> work) {
        flush();
        handle.execute("set local statement_timeout = " + atMost.toMillis());
        try {
            R result = work.get();
            flush();
            handle.execute("set local statement_timeout = default");
            return result;
        } catch (JdbiException e) {
            throw SqlErrors.isTimeout(e)
                    ? Problem.of(
                            ProblemType.TOO_SLOW,
                            "This takes longer than "
                                    + atMost.toSeconds()
                                    + " seconds; ask for less.")
                    : e;
        }
    }

    /** Answers how to come back to here. */
    private Runnable savepoint(String name) {
        int waiting = afterCommit.size();
        Set<String> said = Set.copyOf(announced);
        handle.savepoint(name);
        return () -> {
            pipeline.forget();
            handle.rollbackToSavepoint(name);
            afterCommit.subList(waiting, afterCommit.size()).clear();
            announced.retainAll(said);
        };
    }

    /** Sends what waits to be written. */
    void flush() {
        pipeline.send(handle);
    }

    /** Runs when, and only if, this transaction has been committed. */
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    /**
     * Tells, when this transaction has been committed, whoever listens for it at {@link
     * TenantDb#whenAnnounced}; once, however often it is said.
     */
    public void announce(String news) {
        announced.add(news);
    }

    Set<String> announced() {
        return announced;
    }

    List<Runnable> actionsAfterCommit() {
        return afterCommit;
    }
}
