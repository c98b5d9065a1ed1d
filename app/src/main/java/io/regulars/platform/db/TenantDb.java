package io.regulars.platform.db;

import io.regulars.platform.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The only opener of transactions on tenants' data. It chooses the tenant's schema (the attribute
 * {@code <t>} of every statement) and the tenant's role, which alone has rights there; both end
 * with the transaction. The role of the pooled connection itself may see no tenant, so that
 * forgetting to come through here is an error and never a leak.
 */
public final class TenantDb {

    /** The attribute of a statement that holds the name of the tenant's schema. */
    static final String SCHEMA = "t";

    private static final ScopedValue<TenantTx> CURRENT = ScopedValue.newInstance();

    private final Jdbi jdbi;
    private final Clock clock;
    private final boolean tenantRoles;
    private final Consumer<TenantRef> reminder;
    private final Map<String, Consumer<TenantRef>> listeners = new ConcurrentHashMap<>();

    /**
     * @param reminder has the server's processes look again which roles they may take on
     */
    TenantDb(Jdbi jdbi, Clock clock, boolean tenantRoles, Consumer<TenantRef> reminder) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.tenantRoles = tenantRoles;
        this.reminder = reminder;
    }

    /**
     * Runs the work in one transaction. Within another one of the same tenant it joins that, so
     * that what wraps a use case (an idempotency key) is committed with it; within one of another
     * tenant it refuses.
     */
    public <R> R inTransaction(TenantRef tenant, Function<TenantTx, R> work) {
        if (CURRENT.isBound()) {
            return joined(tenant, work);
        }
        Outcome<R> outcome =
                SqlErrors.translated(() ->
                        reminded(
                                tenant,
                                () -> jdbi.inTransaction(handle -> open(handle, tenant, work))));
        outcome.tx().actionsAfterCommit().forEach(Runnable::run);
        outcome.tx().announced().forEach(news -> tell(news, tenant));
        return outcome.result();
    }

    /**
     * A process of the server that was listing its roles when a new one was granted keeps the list
     * without it until the next grant, and refuses the shop that got the schema.
     */
    private <R> R reminded(TenantRef tenant, Supplier<R> work) {
        try {
            return work.get();
        } catch (JdbiException e) {
            if (!tenantRoles || !SqlErrors.isForbidden(e)) {
                throw e;
            }
            reminder.accept(tenant);
            return work.get();
        }
    }

    public void run(TenantRef tenant, Consumer<TenantTx> work) {
        inTransaction(
                tenant,
                tx -> {
                    work.accept(tx);
                    return true;
                });
    }

    /**
     * Has the listener told of every tenant in which this was announced, after the commit. It must
     * not block; what a crash keeps from it must be found in another way.
     */
    public void whenAnnounced(String news, Consumer<TenantRef> listener) {
        listeners.put(news, listener);
    }

    private void tell(String news, TenantRef tenant) {
        Consumer<TenantRef> listener = listeners.get(news);
        if (listener != null) {
            listener.accept(tenant);
        }
    }

    private static <R> R joined(TenantRef tenant, Function<TenantTx, R> work) {
        TenantTx outer = CURRENT.get();
        if (!outer.tenant().schema().equals(tenant.schema())) {
            throw new IllegalStateException("a transaction of another tenant is open");
        }
        return work.apply(outer);
    }

    private <R> Outcome<R> open(Handle handle, TenantRef tenant, Function<TenantTx, R> work) {
        handle.define(SCHEMA, tenant.schema());
        Pipeline pipeline = new Pipeline();
        if (tenantRoles) {
            // Before the first statement, in the same round trip; it has the schema's name.
            pipeline.write("set local role <t>", values -> {});
        }
        TenantTx tx = new TenantTx(handle, tenant, now(handle, pipeline, tenant), pipeline);
        R result = ScopedValue.where(CURRENT, tx).call(() -> work.apply(tx));
        tx.flush();
        return new Outcome<>(tx, result);
    }

    private Instant now(Handle handle, Pipeline pipeline, TenantRef tenant) {
        if (!tenant.isTest()) {
            return clock.now();
        }
        return pipeline.before(
                        handle,
                        "select (value #>> '{}')::timestamptz from <t>.setting where key = 'test_clock'")
                .mapTo(OffsetDateTime.class)
                .findOne()
                .map(OffsetDateTime::toInstant)
                .orElseGet(clock::now);
    }

    private record Outcome<R>(TenantTx tx, R result) {}
}
