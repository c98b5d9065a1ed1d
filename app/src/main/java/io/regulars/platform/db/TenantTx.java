package io.regulars.platform.db;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
    private final Set<String> announced = new LinkedHashSet<>();

    TenantTx(Handle handle, TenantRef tenant, Instant now) {
        this.handle = handle;
        this.tenant = tenant;
        this.now = now;
    }

    public Handle handle() {
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
        return handle.createQuery(sql);
    }

    public Update update(String sql) {
        return handle.createUpdate(sql);
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
