package io.regulars.edge.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.regulars.platform.db.TenantRef;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** On a database of its own, because it cuts every connection. */
class CutImportTest {

    /** Fewer than there are batches, so that some come through after the last one. */
    private static final int CUTS = 5;

    @Test
    void anImportWhoseConnectionsAreCutAgainAndAgainMakesNoDoubles() throws Exception {
        try (ImportFixture fixture = new ImportFixture()) {
            TenantRef shop = fixture.shop();
            importWhileCutting(fixture, shop);
        }
    }

    private static void importWhileCutting(ImportFixture fixture, TenantRef shop) throws Exception {
        ImportId id = fixture.store(shop, ImportKind.PURCHASES, ImportFixture.nineThousandRows());
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger failures = new AtomicInteger();
        Thread worker =
                Thread.ofVirtual()
                        .start(() -> {
                            while (!done.get()) {
                                try {
                                    done.set(fixture.hastyWork().serve(shop).isEmpty());
                                } catch (RuntimeException e) {
                                    failures.incrementAndGet();
                                }
                            }
                        });
        for (int cut = 0; cut < CUTS; cut++) {
            // Let a batch come through between two cuts, and cut in the middle of the next.
            long before = fixture.checkpoint(shop);
            boolean first = cut == 0;
            await().pollInterval(Duration.ofMillis(2))
                    .atMost(Duration.ofMinutes(1))
                    .until(() ->
                            done.get()
                                    || ((first || fixture.checkpoint(shop) > before)
                                            && fixture.isInATransaction()));
            if (done.get()) {
                break;
            }
            fixture.cutConnections();
        }
        worker.join();
        assertThat(failures).hasPositiveValue();
        fixture.assertNineThousand(shop, id);
    }
}
