package io.regulars.edge.imports;

import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.time.Clock;
import java.time.Duration;
import java.util.List;

/** Gives up uploads whose process died while the file was arriving; a housekeeping job calls it. */
public final class SweepUploads {

    private static final Duration SILENCE = Duration.ofHours(1);

    private final TenantDb tenants;
    private final Clock clock;

    public SweepUploads(TenantDb tenants, Clock clock) {
        this.tenants = tenants;
        this.clock = clock;
    }

    /**
     * @return how many were given up
     */
    public int sweep(TenantRef tenant) {
        return tenants.inTransaction(
                tenant,
                tx -> {
                    List<ImportId> silent =
                            new ImportDao(tx).silentUploads(clock.now().minus(SILENCE));
                    silent.forEach(id -> StoreImport.giveUp(tx, id));
                    return silent.size();
                });
    }
}
