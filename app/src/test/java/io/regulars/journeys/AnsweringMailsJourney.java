package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.testing.Fields;
import io.regulars.testing.Marketing;
import io.regulars.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a member does is answered at once: joining, buying, rising. */
class AnsweringMailsJourney {

    private static final String PROGRAM =
            """
            "earning": [{"key": "spend", "on": "purchase", "points": {"per_amount": 100, "award": 1}}],
            "tiers": {"basis": "spend", "window": "lifetime", "levels": [
                {"key": "member", "name": "Member", "threshold": 0},
                {"key": "vip", "name": "Very Important", "threshold": 10000, "perks": ["Free coffee on Fridays"]}]},
            "welcome": {"reward": "hello"},
            "rewards": [{"key": "hello", "name": "First drink", "kind": "free_product", "sku": "DRINK", "valid_days": 30},
                        {"key": "back", "name": "Come again", "kind": "percent_off", "percent": 20, "valid_days": 21}]
            """;

    @Test
    void whoJoinsIsWelcomedWithWhatTheProgramGivesWhetherOrNotTheyWantAdvertising() {
        Marketing shop = newYork();
        shop.run("welcome", "\"schedule\": {}");
        String member = shop.member(Map.of("name", "Laura", "consents", List.of()));
        shop.till().advance("PT1S");
        assertThat(kinds(shop, member)).containsExactly("welcome sent");
        assertThat(shop.text(member))
                .contains("Welcome!", "Hello, Laura!", "First drink")
                .doesNotContain("Unsubscribe");
    }

    @Test
    void aPurchaseIsThankedForOnceWithThePointsItBrought() {
        Marketing shop = newYork();
        shop.run("thank_you", "\"schedule\": {}");
        String member = shop.member(Map.of());
        shop.till().buys(member, 2_500);
        shop.till().advance("PT1S");
        assertThat(kinds(shop, member)).containsExactly("thank_you sent");
        assertThat(shop.text(member)).contains("It brought you 25 points.");
        shop.till().buys(member, 2_500);
        shop.till().advance("PT1S");
        shop.till().advance("P2D");
        assertThat(kinds(shop, member)).containsExactly("thank_you sent", "thank_you sent");
    }

    @Test
    void withAnOfferItIsAdvertisingAndComesNotMoreOftenThanTheShopSays() {
        Marketing shop = newYork();
        String id =
                shop.run(
                        "thank_you",
                        "\"offer\": {\"reward\": \"back\"}, \"schedule\": {\"days_between\": 7}");
        String member = shop.member(Map.of());
        String mute = shop.member(Map.of("consents", List.of()));
        shop.till().buys(member, 2_500);
        shop.till().buys(member, 2_500);
        shop.till().buys(mute, 2_500);
        shop.till().advance("PT1S");
        shop.till().buys(member, 2_500);
        shop.till().advance("PT1S");
        assertThat(kinds(shop, member)).containsExactly("thank_you sent");
        assertThat(shop.text(member)).contains("Come again", "Unsubscribe");
        assertThat(shop.messages(mute)).isEmpty();
        shop.till().advance("P8D");
        shop.till().buys(member, 2_500);
        shop.till().advance("PT1S");
        assertThat(kinds(shop, member)).containsExactly("thank_you sent", "thank_you sent");
        Map<String, Object> run =
                shop.till()
                        .api()
                        .get("/v1/campaigns/{id}/runs", id)
                        .as(Fields.class)
                        .getMap("data[1]");
        assertThat(run)
                .containsEntry("audience", 2)
                .containsEntry("planned", 1)
                .containsEntry("skipped", Map.of("no_consent", 1));
    }

    @Test
    void aPurchaseOfLastWeekIsNotThankedFor() {
        Marketing shop = newYork();
        shop.run("thank_you", "\"schedule\": {}");
        String member = shop.member(Map.of());
        shop.till().buys(member, 2_500, Instant.parse("2027-01-03T12:00:00Z"));
        shop.till().advance("PT1H");
        assertThat(shop.messages(member)).isEmpty();
    }

    @Test
    void aRisingTierIsToldWithItsPerksAndAFallingOneAsWell() {
        Marketing shop = newYork();
        shop.run("tier_changed", "\"schedule\": {}");
        String member = shop.member(Map.of("consents", List.of()));
        var purchase = shop.till().buys(member, 12_000);
        shop.till().advance("PT1S");
        assertThat(shop.text(member))
                .contains("risen from Member to Very Important", "Free coffee on Fridays");
        shop.till().refundsAll(purchase);
        shop.till().advance("PT1S");
        assertThat(shop.text(member)).contains("was Very Important and is Member now");
        assertThat(kinds(shop, member)).containsExactly("tier_changed sent", "tier_changed sent");
    }

    @Test
    void whatHappensBeforeActivationIsNotAnsweredAndAPausedCampaignAnswersLater() {
        Marketing shop = newYork();
        String early = shop.member(Map.of());
        shop.till().buys(early, 1_000);
        shop.till().advance("PT1H");
        String id = shop.run("thank_you", "\"schedule\": {}");
        shop.till().advance("PT1H");
        assertThat(shop.messages(early)).isEmpty();
        act(shop, id, "pause");
        shop.till().buys(early, 1_000);
        shop.till().advance("PT1H");
        assertThat(kinds(shop, early)).containsExactly("thank_you planned");
        act(shop, id, "resume");
        shop.till().advance("PT1S");
        assertThat(kinds(shop, early)).containsExactly("thank_you sent");
        act(shop, id, "cancel");
        shop.till().buys(early, 1_000);
        shop.till().advance("PT1H");
        assertThat(kinds(shop, early)).containsExactly("thank_you sent");
    }

    @Test
    void anImportIsAnsweredByNobody() {
        Shop shop = ServiceUnderTest.shared().signUp("America/New_York", "US", "USD");
        Shop.publish(
                shop.liveCalls(),
                Map.of(
                        "name",
                        "x",
                        "unit",
                        Map.of("one", "p", "many", "p"),
                        "currency",
                        "USD",
                        "tiers",
                        ShopNights.tiers(
                                List.of(
                                        ShopNights.level("a", "A", 0),
                                        ShopNights.level("b", "B", 1_000)))));
        for (String kind : List.of("welcome", "thank_you", "tier_changed")) {
            Shop.campaign(shop.liveCalls(), Map.of("name", kind, "kind", kind));
        }
        Shop.bring(shop.liveCalls(), "members", "external_id,email\nold,old@example.com\n");
        Shop.bring(
                shop.liveCalls(),
                "purchases",
                "source,order_id,member_external_id,purchased_at,amount\ntill,1,old,"
                        + TestClock.now().minusSeconds(60)
                        + ",5000\n");
        // The same by the till is answered, which also shows that there was time to.
        String live =
                Shop.enrol(shop.liveCalls(), Map.of("email", "new@example.com")).getString("id");
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> newestIsSent(shop));
        assertThat(shop.live().get("/v1/messages").<List<String>>path("data.member"))
                .containsExactly(live);
    }

    @Test
    void onALiveSideTheAnswerLeavesWithinTwoSeconds() {
        Shop shop = ServiceUnderTest.shared().signUp("America/New_York", "US", "USD");
        Shop.publish(shop.liveCalls(), Shop.program("USD", 100));
        Shop.campaign(shop.liveCalls(), Map.of("name", "t", "kind", "thank_you"));
        String member =
                Shop.enrol(shop.liveCalls(), Map.of("email", "quick@example.com")).getString("id");
        shop.liveCalls()
                .post(
                        "/v1/purchases",
                        Map.of("source", "till", "order_id", "1", "member", member, "amount", 500),
                        201);
        long start = System.nanoTime();
        Awaitility.await()
                .pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofSeconds(20))
                .until(() -> newestIsSent(shop));
        // The figure asked for is 2 s on a machine of its own; tests share theirs.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }

    private static boolean newestIsSent(Shop shop) {
        return "sent".equals(shop.liveCalls().get("/v1/messages").getString("data[0].state"));
    }

    private static void act(Marketing shop, String id, String action) {
        shop.till().api().post("/v1/campaigns/{id}/" + action, id).then().statusCode(200);
    }

    /** Kind and state of each message. */
    private static List<String> kinds(Marketing shop, String member) {
        return shop.messages(member).stream()
                .map(line -> line.split(" ", -1))
                .map(words -> words[0] + " " + words[2])
                .toList();
    }

    private static Marketing newYork() {
        return new Marketing("America/New_York", "2027-01-10T14:00:00Z", PROGRAM);
    }
}
