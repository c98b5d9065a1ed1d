package io.regulars.platform.db;

import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Transactions on the control schema: tenants, keys, lanes, schedules. Names its tables {@code
 * control.…}.
 */
public final class ControlDb {

    private final Jdbi jdbi;

    ControlDb(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Runs the work in one transaction, again from the start after a deadlock or serialization
     * failure.
     */
    public <R> R inTransaction(Function<Handle, R> work) {
        return SqlErrors.translated(() -> jdbi.inTransaction(work::apply));
    }

    public void run(Consumer<Handle> work) {
        inTransaction(handle -> {
            work.accept(handle);
            return true;
        });
    }
}
