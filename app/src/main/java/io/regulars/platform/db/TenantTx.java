package io.regulars.platform.db;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
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
    private final Writes writes;
    private final Set<String> announced = new LinkedHashSet<>();

    TenantTx(Handle handle, TenantRef tenant, Instant now, Writes writes) {
        this.handle = handle;
        this.tenant = tenant;
        this.now = now;
        this.writes = writes;
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
        return writes.before(handle, sql);
    }

    public Update update(String sql) {
        flush();
        return handle.createUpdate(sql);
    }

    /**
     * Adds a statement whose result nobody waits for: it is sent together with others, in their
     * order, before the next query or the commit. An error of it comes up there.
     */
    public void write(String sql, Consumer<Writes.Values> values) {
        writes.add(sql, values);
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

    /** Answers how to come back to here. */
    private Runnable savepoint(String name) {
        int waiting = afterCommit.size();
        Set<String> said = Set.copyOf(announced);
        handle.savepoint(name);
        return () -> {
            writes.forget();
            handle.rollbackToSavepoint(name);
            afterCommit.subList(waiting, afterCommit.size()).clear();
            announced.retainAll(said);
        };
    }

    /** Sends what waits to be written. */
    void flush() {
        writes.send(handle);
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
