package io.regulars.platform.db;

import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.db.ManagedPooledDataSource;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;

/**
 * The connections for tenants' transactions, in small groups of which each tenant has a favourite.
 * What a connection remembers of a tenant, its tables and the plans of its statements, takes
 * milliseconds to learn and some hundred kilobytes to keep; so a tenant comes back to where it is
 * known, and each connection knows a part of the tenants only. While the favourite is busy any
 * other will do: a tenant with a long transaction holds up nobody.
 */
final class TenantPools {

    static final int GROUP_SIZE = 2;

    private final List<ManagedDataSource> pools;
    private final List<Jdbi> jdbis;

    TenantPools(List<ManagedDataSource> pools, Function<ManagedDataSource, Jdbi> jdbi) {
        this.pools = List.copyOf(pools);
        this.jdbis = pools.stream().map(jdbi).toList();
    }

    /** How many groups there are among so many connections; a third of them is for control. */
    static int groups(int poolSize) {
        return Math.max(1, poolSize / (GROUP_SIZE + 1));
    }

    Jdbi of(TenantRef tenant) {
        int favourite = Math.floorMod(tenant.schema().hashCode(), pools.size());
        for (int i = 0; i < pools.size(); i++) {
            int group = (favourite + i) % pools.size();
            if (hasFree(pools.get(group))) {
                return jdbis.get(group);
            }
        }
        return jdbis.get(favourite);
    }

    /** It may be taken the moment after; then one waits a little, as for the favourite. */
    private static boolean hasFree(ManagedDataSource pool) {
        return pool instanceof ManagedPooledDataSource group
                && group.getActive() < group.getMaxActive();
    }

    void close() throws Exception {
        for (ManagedDataSource pool : pools) {
            pool.stop();
        }
    }
}
