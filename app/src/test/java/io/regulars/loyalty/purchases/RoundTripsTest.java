package io.regulars.loyalty.purchases;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.platform.db.DatabaseSettings;
import io.regulars.platform.db.DatabaseUrl;
import io.regulars.testing.Calls;
import io.regulars.testing.CountingProxy;
import io.regulars.testing.TestDatabase;
import io.regulars.testing.Till;
import io.regulars.testing.Till.Line;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What costs time in a short transaction is the way to the database and back. */
class RoundTripsTest {

    private static final int TIMES = 10;

    private static final Map<String, Object> TIERS =
            Map.of(
                    "basis",
                    "spend",
                    "window",
                    "calendar_year",
                    "levels",
                    List.of(
                            Map.of("key", "base", "name", "Base", "threshold", 0),
                            Map.of("key", "gold", "name", "Gold", "threshold", 10_000_000)));

    @Test
    void aPurchaseOfTenLinesGoesToTheDatabaseAndBackAtMostSixTimes() throws Exception {
        Line[] lines = new Line[10];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = new Line("l" + i, "sku" + i, "coffee", 1, 25_000);
        }
        Question sell =
                (calls, member) -> {
                    Map<String, Object> purchase = Till.purchase("", 250_000, null, lines);
                    purchase.put("member", Map.of("id", member));
                    calls.post("/v1/purchases", purchase, 201);
                };
        assertThat(trips(".purchase_line", sell)).isBetween(3, 6);
    }

    @Test
    void aMemberWithPointsAndTierIsReadInTwoTripsAndTheEndOfTheTransaction() throws Exception {
        assertThat(trips(".member", (calls, member) -> calls.get("/v1/members/" + member)))
                .isBetween(2, 3);
    }

    /** What is asked of a shop about its member. */
    private interface Question {
        void ask(Calls calls, String member);
    }

    /**
     * How often its transaction goes to the database and back, once everything is known that is
     * kept in mind.
     */
    private static int trips(String table, Question question) throws Exception {
        DatabaseSettings real = TestDatabase.create();
        URI address = URI.create(real.owner().jdbcUrl().substring("jdbc:".length()));
        try (CountingProxy proxy = new CountingProxy(address.getPort(), table);
                ServiceUnderTest service =
                        ServiceUnderTest.start(
                                through(real, address, proxy),
                                Map.of("TICK", "1h", "SPARE_SCHEMAS", "1"))) {
            Shop shop = service.signUp();
            Calls calls = shop.liveCalls();
            Shop.publish(calls, Shop.program("VND", 10_000, Map.of("tiers", TIERS)));
            String member = Shop.enrol(calls, Map.of("external_id", "regular")).getString("id");
            for (int i = 0; i < TIMES; i++) {
                question.ask(calls, member);
            }
            return proxy.waits().getLast();
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
                        + "?sslmode=disable&prepareThreshold=0",
                url.user(),
                url.password());
    }
}
