package io.regulars.edge.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.platform.db.TenantRef;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** On a database of its own, because it cuts every connection. */
class CutImportTest {

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
        for (int cut = 0; cut < 12 && !done.get(); cut++) {
            Thread.sleep(80);
            fixture.cutConnections();
        }
        worker.join();
        assertThat(failures).hasPositiveValue();
        fixture.assertNineThousand(shop, id);
    }
}
