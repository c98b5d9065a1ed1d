package io.regulars.platform.db;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/**
 * An open transaction inside one tenant. SQL names the schema as {@code <t>.table}; an unqualified
 * name finds nothing.
 */
public final class TenantTx {

    private final Handle handle;
    private final TenantRef tenant;
    private final Instant now;
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final Writes writes = new Writes();

    TenantTx(Handle handle, TenantRef tenant, Instant now) {
        this.handle = handle;
        this.tenant = tenant;
        this.now = now;
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
        flush();
        return handle.createQuery(sql);
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
