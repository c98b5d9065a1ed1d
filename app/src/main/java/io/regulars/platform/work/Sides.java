package io.regulars.platform.work;

import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** Whom there is to work for, as the registry of tenants knows it. */
public interface Sides {

    /** How many tenants are read at once where every one gets its turn. */
    int AT_ONCE = 100;

    /**
     * Empty where nobody is to be worked for, now: deleted, suspended, no such side. The lane is
     * dropped then; should the tenant come back, the sweeper finds what there is to do.
     */
    Optional<TenantRef> find(TenantId id, Side side);

    /**
     * The next tenants to be worked for, in the order of their ids: all sides of at most {@code
     * limit} tenants behind the given one, or from the first. Empty at the end.
     */
    List<TenantRef> after(Optional<TenantId> id, int limit);

    /**
     * Does something for every side; one for which it fails keeps no other from it.
     *
     * @param what is done, such as "tidy up in", for the log
     */
    default void each(String what, Consumer<TenantRef> work) {
        Optional<TenantId> last = Optional.empty();
        List<TenantRef> some = after(last, AT_ONCE);
        while (!some.isEmpty()) {
            for (TenantRef side : some) {
                try {
                    work.accept(side);
                } catch (RuntimeException e) {
                    LoggerFactory.getLogger(Sides.class)
                            .error("could not {} {}", what, side.id(), e);
                }
            }
            last = Optional.of(some.getLast().id());
            some = after(last, AT_ONCE);
        }
    }
}
