package io.regulars.edge.imports;

import io.regulars.platform.db.TenantTx;
import java.util.function.Function;

/** A file cut into what goes into one transaction each. */
interface Batches {

    /** Reads on; outside any transaction. */
    Batch next();

    /**
     * Rows that belong together.
     *
     * @param nextLine where the batch behind it begins
     * @param isLast whether the file ends with it
     * @param apply does it, in the transaction it is given; may be called again if that fails
     */
    record Batch(long nextLine, boolean isLast, Function<TenantTx, Tally> apply) {}
}
