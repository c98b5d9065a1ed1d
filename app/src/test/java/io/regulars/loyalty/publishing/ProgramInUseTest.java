package io.regulars.loyalty.publishing;

import static org.hamcrest.Matchers.equalTo;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
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
        shop.live().body(Shop.program("USD", 100)).put(DRAFT).then().statusCode(200);
        shop.live().body(Shop.program("VND", 100)).put(DRAFT).then().statusCode(200);
        shop.live()
                .body(Map.of("source", "till", "order_id", "1", "amount", 10_000))
                .post("/v1/purchases")
                .then()
                .statusCode(201);
        shop.live()
                .body(Shop.program("USD", 100))
                .put(DRAFT)
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/currency"))
                .body("errors[0].code", equalTo("currency_in_use"));
    }

    @Test
    void aRewardThatACampaignGivesIsNotDropped() {
        Shop.publish(shop.liveCalls(), Shop.program("VND", 10_000));
        Map<String, Object> without = new HashMap<>(Shop.program("VND", 10_000));
        without.remove("rewards");
        shop.live().body(without).put(DRAFT).then().statusCode(200);
        String campaign = Shop.birthdayCampaign(shop.liveCalls(), Map.of());
        shop.live()
                .body(Map.of())
                .post("/v1/program/publish")
                .then()
                .statusCode(422)
                .body("errors[0].code", equalTo("reward_in_use"));
        shop.live()
                .body(without)
                .put(DRAFT)
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/rewards"))
                .body("errors[0].code", equalTo("reward_in_use"));
        shop.live().post("/v1/campaigns/" + campaign + "/cancel").then().statusCode(200);
        shop.live().body(without).put(DRAFT).then().statusCode(200);
        shop.live().body(Map.of()).post("/v1/program/publish").then().statusCode(200);
    }
}
