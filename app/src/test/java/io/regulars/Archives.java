package io.regulars;

import com.codahale.metrics.MetricRegistry;
import io.regulars.platform.db.Databases;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.tenants.RestoreTenant;
import io.regulars.tenancy.tenants.SpareSchemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Shops that come out of their archive as other shops. */
final class Archives {

    private Archives() {}

    /** A shop with all that this one has, at the same service and for another owner. */
    static Shop twin(Shop shop, String owner) {
        try {
            Path file = Files.createTempFile("shop", ".zip");
            try {
                Files.write(file, archive(shop));
                return restored(shop, file, owner);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] archive(Shop shop) {
        return shop.service()
                .rawApiUnchecked()
                .header("Authorization", "Bearer " + shop.liveKey())
                .post("/v1/tenant/export")
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
    }

    private static Shop restored(Shop shop, Path file, String owner) throws IOException {
        // Some services live at another time.
        Instant now = Instant.parse(shop.live().get("/v1/tenant").path("created_at"));
        Clock clock = Clock.startingAt(Optional.of(now));
        try (Databases databases =
                Databases.open(shop.service().database(), clock, new MetricRegistry())) {
            RestoreTenant.Restored restored =
                    new RestoreTenant(
                                    databases.control(),
                                    clock,
                                    databases.archives(),
                                    databases.schemas(),
                                    new SpareSchemas(
                                            databases.control(), databases.schemas(), clock, 0))
                            .handle(file, owner);
            return new Shop(
                    shop.service(),
                    restored.tenant().toString(),
                    owner,
                    restored.liveKey().secret().text(),
                    restored.testKey().secret().text(),
                    "");
        }
    }
}
