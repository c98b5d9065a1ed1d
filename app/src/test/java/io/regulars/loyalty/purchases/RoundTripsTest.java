package io.regulars.loyalty.purchases;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.platform.db.DatabaseSettings;
import io.regulars.platform.db.DatabaseUrl;
import io.regulars.testing.CountingProxy;
import io.regulars.testing.TestDatabase;
import io.regulars.testing.Till;
import io.regulars.testing.Till.Line;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What costs time in a short transaction is the way to the database and back. */
class RoundTripsTest {

    private static final int MOST = 6;
    private static final int TRIES = 1_000;

    @Test
    void aPurchaseOfTenLinesGoesToTheDatabaseAndBackAtMostSixTimes() throws Exception {
        DatabaseSettings real = TestDatabase.create();
        URI address = URI.create(real.owner().jdbcUrl().substring("jdbc:".length()));
        try (CountingProxy proxy = new CountingProxy(address.getPort());
                ServiceUnderTest service =
                        ServiceUnderTest.start(
                                through(real, address, proxy),
                                // Nothing else goes on: jobs would be counted too.
                                Map.of("TICK", "1h", "SPARE_SCHEMAS", "1"))) {
            Shop shop = service.signUp();
            Shop.publish(shop.liveCalls(), Shop.program("VND", 10_000));
            Shop.enrol(shop.liveCalls(), Map.of("external_id", "regular"));
            Line[] lines = new Line[10];
            for (int i = 0; i < lines.length; i++) {
                lines[i] = new Line("l" + i, "sku" + i, "coffee", 1, 25_000);
            }
            long fewest = Long.MAX_VALUE;
            for (int i = 0; i < TRIES && fewest > MOST; i++) {
                Map<String, Object> purchase = Till.purchase("", 250_000, null, lines);
                purchase.put("member", Map.of("external_id", "regular"));
                long before = proxy.waits();
                shop.liveCalls().post("/v1/purchases", purchase, 201);
                // Lanes and Quartz look around now and then, on a busy machine during nearly each.
                fewest = Math.min(fewest, proxy.waits() - before);
            }
            assertThat(fewest).isBetween(3L, (long) MOST);
        }
    }

    private static DatabaseSettings through(
            DatabaseSettings real, URI address, CountingProxy proxy) {
        return DatabaseSettings.defaults(
                via(real.owner(), address, proxy), real.app().map(app -> via(app, address, proxy)));
    }

    private static DatabaseUrl via(DatabaseUrl url, URI address, CountingProxy proxy) {
        return new DatabaseUrl(
                url.jdbcUrl()
                                .replace(":" + address.getPort() + "/", ":" + proxy.port() + "/")
                                .replace("localhost", "127.0.0.1")
                        + "?sslmode=disable",
                url.user(),
                url.password());
    }
}
