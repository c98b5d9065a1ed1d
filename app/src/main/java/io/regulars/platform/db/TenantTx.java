package io.regulars.platform.db;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
        int waiting = afterCommit.size();
        handle.savepoint(AS_IF);
        try {
            R result = work.get();
            flush();
            return result;
        } finally {
            writes.forget();
            handle.rollbackToSavepoint(AS_IF);
            afterCommit.subList(waiting, afterCommit.size()).clear();
        }
    }

    /**
     * Does a part that may be refused without the rest of the transaction.
     *
     * @throws RuntimeException of the work; nothing of it stays then
     */
    public <R> R apart(Supplier<R> work) {
        flush();
        int waiting = afterCommit.size();
        handle.savepoint(APART);
        try {
            R result = work.get();
            flush();
            return result;
        } catch (RuntimeException e) {
            writes.forget();
            handle.rollbackToSavepoint(APART);
            afterCommit.subList(waiting, afterCommit.size()).clear();
            throw e;
        }
    }

    /** Sends what waits to be written. */
    void flush() {
        writes.send(handle);
    }

    /** Runs when, and only if, this transaction has been committed. */
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    List<Runnable> actionsAfterCommit() {
        return afterCommit;
    }
}
