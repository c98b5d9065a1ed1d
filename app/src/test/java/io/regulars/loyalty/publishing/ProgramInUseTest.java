package io.regulars.loyalty.publishing;

import static io.regulars.testing.Fields.field;
import static org.hamcrest.Matchers.equalTo;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.testing.TestClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What something else relies on stays in the program. */
class ProgramInUseTest {

    private static final String DRAFT = "/v1/program/draft";
    private Shop shop;

    @BeforeEach
    void signUp() {
        shop = ServiceUnderTest.shared().signUp();
    }

    @Test
    void theCurrencyStaysOnceSomethingWasSold() {
        shop.liveCalls().put(DRAFT, Shop.program("USD", 100));
        shop.liveCalls().put(DRAFT, Shop.program("VND", 100));
        shop.liveCalls()
                .post(
                        "/v1/purchases",
                        Map.of("source", "till", "order_id", "1", "amount", 10_000),
                        201);
        shop.live()
                .body(Shop.program("USD", 100))
                .put(DRAFT)
                .then()
                .statusCode(422)
                .body(field("errors[0].pointer", equalTo("/currency")))
                .body(field("errors[0].code", equalTo("currency_in_use")));
    }

    @Test
    void anotherCurrencyTakesEffectAtOnceAndIsNotPlannedAhead() {
        String later = TestClock.CLOCK.now().plus(Duration.ofDays(1)).toString();
        Map<String, Object> ahead = Map.of("effective_at", later);
        shop.liveCalls().put(DRAFT, Shop.program("VND", 100));
        shop.liveCalls().post("/v1/program/publish", Map.of(), 200);
        shop.liveCalls().post("/v1/program/publish", ahead, 200);
        shop.liveCalls().put(DRAFT, Shop.program("USD", 100));
        shop.live()
                .body(ahead)
                .post("/v1/program/publish")
                .then()
                .statusCode(422)
                .body(field("errors[0].pointer", equalTo("/effective_at")))
                .body(field("errors[0].code", equalTo("currency_changes_at_once")));
        shop.liveCalls().post("/v1/program/publish", Map.of(), 200);
    }

    @Test
    void aRewardThatACampaignGivesIsNotDropped() {
        Shop.publish(shop.liveCalls(), Shop.program("VND", 10_000));
        Map<String, Object> without = new HashMap<>(Shop.program("VND", 10_000));
        without.remove("rewards");
        shop.liveCalls().put(DRAFT, without);
        String campaign = Shop.birthdayCampaign(shop.liveCalls(), Map.of());
        shop.live()
                .body(Map.of())
                .post("/v1/program/publish")
                .then()
                .statusCode(422)
                .body(field("errors[0].code", equalTo("reward_in_use")));
        shop.live()
                .body(without)
                .put(DRAFT)
                .then()
                .statusCode(422)
                .body(field("errors[0].pointer", equalTo("/rewards")))
                .body(field("errors[0].code", equalTo("reward_in_use")));
        shop.liveCalls().post("/v1/campaigns/" + campaign + "/cancel", 200);
        shop.liveCalls().put(DRAFT, without);
        shop.liveCalls().post("/v1/program/publish", Map.of(), 200);
    }
}
