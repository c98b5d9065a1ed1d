package io.regulars.platform.work;

import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A queue whose work is a number per tenant; a slice does one. Remembers what it did. */
final class Todo implements LaneWork {

    private final String queue;
    private final Map<TenantId, Integer> open = new ConcurrentHashMap<>();
    private final Map<TenantId, Instant> planned = new ConcurrentHashMap<>();
    private final Set<TenantId> inside = ConcurrentHashMap.newKeySet();
    private final List<TenantId> served = new CopyOnWriteArrayList<>();
    private final List<TenantId> servedTwiceAtOnce = new CopyOnWriteArrayList<>();
    private volatile Consumer<TenantRef> during = _ -> {};

    Todo(String queue) {
        this.queue = queue;
    }

    Todo during(Consumer<TenantRef> action) {
        during = action;
        return this;
    }

    void add(TenantRef shop, int items) {
        open.merge(shop.id(), items, Integer::sum);
    }

    void plan(TenantRef shop, Instant at) {
        planned.put(shop.id(), at);
    }

    List<TenantId> served() {
        return served;
    }

    List<TenantId> servedTwiceAtOnce() {
        return servedTwiceAtOnce;
    }

    int left(TenantRef shop) {
        return open.getOrDefault(shop.id(), 0);
    }

    @Override
    public String queue() {
        return queue;
    }

    @Override
    public Optional<Instant> serve(TenantRef shop) {
        if (!inside.add(shop.id())) {
            servedTwiceAtOnce.add(shop.id());
        }
        try {
            // As in a database: what comes after this read is seen by the next slice only.
            int before = left(shop);
            during.accept(shop);
            served.add(shop.id());
            if (before > 0) {
                open.merge(shop.id(), -1, Integer::sum);
            }
            return before > 1
                    ? Optional.of(Instant.EPOCH)
                    : Optional.ofNullable(planned.get(shop.id()));
        } finally {
            inside.remove(shop.id());
        }
    }

    @Override
    public Optional<Instant> nextDue(TenantRef shop) {
        return left(shop) > 0
                ? Optional.of(Instant.EPOCH)
                : Optional.ofNullable(planned.get(shop.id()));
    }
}
