package io.regulars.loyalty;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.regulars.Shop;
import io.regulars.loyalty.ledger.Reconciliation;
import io.regulars.platform.db.Databases;
import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.ids.TenantId;
import io.regulars.tenancy.tenants.TenantDirectory;
import io.regulars.testing.TestClock;
import java.util.List;
import java.util.function.Function;

/** A shop's data, past its API: for what only another room calls, and to see that points add up. */
public final class Inside implements AutoCloseable {

    private final Databases databases;
    private final TenantRef tenant;

    private Inside(Databases databases, TenantRef tenant) {
        this.databases = databases;
        this.tenant = tenant;
    }

    public static Inside of(Shop shop, Side side) {
        Databases databases =
                Databases.open(shop.service().database(), TestClock.CLOCK, new MetricRegistry());
        TenantRef tenant =
                new TenantDirectory(databases.control(), databases.schemas())
                        .find(new TenantId(shop.tenantUuid()), side)
                        .orElseThrow();
        return new Inside(databases, tenant);
    }

    public <R> R in(Function<TenantTx, R> work) {
        return databases.tenants().inTransaction(tenant, work);
    }

    public List<Reconciliation.Difference> differences() {
        return in(Reconciliation::differences);
    }

    /** What members have on these sides is what the ledger says. */
    public static void pointsAddUp(Shop shop, Side... sides) {
        for (Side side : sides) {
            try (Inside inside = of(shop, side)) {
                assertThat(inside.differences()).isEmpty();
            }
        }
    }

    /** How often each type of event happened. */
    public long events(String type) {
        return in(tx ->
                tx.query("select count(*) from <t>.event where type = :type")
                        .bind("type", type)
                        .mapTo(long.class)
                        .one());
    }

    @Override
    public void close() {
        databases.close();
    }
}
