package io.regulars.tenancy.tenants;

import io.dropwizard.lifecycle.Managed;
import io.regulars.platform.background.WokenLoop;
import io.regulars.platform.db.ControlDb;
import io.regulars.platform.db.TenantSchemas;
import io.regulars.platform.time.Clock;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Hands out schemas that were made ahead of need, and makes more of them in the background. */
public final class SpareSchemas implements Managed {

    private static final Duration POLL = Duration.ofMinutes(1);
    private static final int TRIES = 10;

    private final ControlDb control;
    private final TenantSchemas schemas;
    private final Clock clock;
    private final WokenLoop keeper;

    public SpareSchemas(ControlDb control, TenantSchemas schemas, Clock clock, int wanted) {
        this.control = control;
        this.schemas = schemas;
        this.clock = clock;
        this.keeper = new WokenLoop("spare-schemas", POLL, () -> schemas.makeSpares(wanted));
    }

    @Override
    public void start() {
        keeper.start();
    }

    @Override
    public void stop() throws InterruptedException {
        keeper.stop();
    }

    /**
     * Runs the work in one control transaction, with a schema to claim in it if it needs one. Where
     * none is ready one is made first, and the work begins anew.
     */
    <R> R claiming(BiFunction<Handle, Supplier<String>, R> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                R result = control.inTransaction(handle -> work.apply(handle, () -> claim(handle)));
                keeper.wake();
                return result;
            } catch (NoSpare e) {
                // Others may snatch away what was made for us.
                if (attempt == TRIES) {
                    throw e;
                }
                schemas.makeSpares(1);
            }
        }
    }

    private String claim(Handle handle) {
        return schemas.claim(handle, clock.now()).orElseThrow(NoSpare::new);
    }

    private static final class NoSpare extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoSpare() {
            super("no spare schema is ready");
        }
    }
}
