package io.regulars.tenancy.billing;

import io.regulars.platform.db.ControlDb;
import io.regulars.platform.ids.TenantId;
import io.regulars.tenancy.plans.Subscription;
import io.regulars.tenancy.plans.SubscriptionDao;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** All shops that Stripe knows, page by page: no transaction is open while one is worked on. */
record Customers(ControlDb control) {

    private static final int AT_ONCE = 100;

    void forEach(Consumer<Subscription> work) {
        List<Subscription> some = after(Optional.empty());
        while (!some.isEmpty()) {
            some.forEach(work);
            some = after(Optional.of(some.getLast().tenant()));
        }
    }

    private List<Subscription> after(Optional<TenantId> last) {
        return control.inTransaction(handle -> new SubscriptionDao(handle).page(last, AT_ONCE));
    }
}
