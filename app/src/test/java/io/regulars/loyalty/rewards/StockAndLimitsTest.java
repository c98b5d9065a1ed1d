package io.regulars.loyalty.rewards;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.regulars.Shop;
import io.regulars.loyalty.Inside;
import io.regulars.loyalty.Shelf;
import io.regulars.platform.db.Side;
import io.regulars.testing.Fields;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rewards of which there are few, for everybody or for each. */
class StockAndLimitsTest extends ShelfAddsUp {

    @Test
    void aLimitPerMemberCountsWhatWasNotCancelled() {
        String member = Shelf.member(shop.testCalls(), 30);
        String first =
                Shelf.redeem(shop.test(), member, "once")
                        .statusCode(201)
                        .extract()
                        .as(Fields.class)
                        .get("id");
        Shelf.redeem(shop.test(), member, "once")
                .statusCode(422)
                .body(field("code", equalTo("limit_reached")));
        shop.testCalls().post("/v1/redemptions/" + first + "/cancel", 200);
        Shelf.redeem(shop.test(), member, "once").statusCode(201);
    }

    @Test
    void aVersionThatChangesTheStockKeepsWhatIsTaken() {
        String member = Shelf.member(shop.liveCalls(), 30);
        Shelf.redeem(shop.live(), member, "seat").statusCode(201);
        Map<String, Object> seat =
                Shelf.reward("seat", "experience", Map.of("cost_points", 10, "stock", 2));
        Shop.publish(shop.liveCalls(), Shelf.program(Map.of("rewards", List.of(seat))));
        Shelf.redeem(shop.live(), member, "seat").statusCode(201);
        Shelf.redeem(shop.live(), member, "seat")
                .statusCode(422)
                .body(field("code", equalTo("sold_out")));
    }

    @Test
    void aHoldRunsOutByItselfAndGivesPointsAndStockBack() {
        long before = cancelled();
        String member = Shelf.member(shop.testCalls(), 30);
        JsonPath held =
                shop.test()
                        .body(Map.of("member", member, "reward", "seat", "hold", true))
                        .post("/v1/redemptions")
                        .then()
                        .statusCode(201)
                        .body(field("status", equalTo("held")))
                        .extract()
                        .as(Fields.class);
        String id = held.getString("id");
        advance("PT14M");
        shop.test().get("/v1/redemptions/" + id).then().body(field("status", equalTo("held")));
        advance("PT1M");
        shop.test().get("/v1/redemptions/" + id).then().body(field("status", equalTo("cancelled")));
        assertThat(Shelf.available(shop.testCalls(), member)).isEqualTo(30);
        shop.test()
                .post("/v1/redemptions/" + id + "/commit")
                .then()
                .statusCode(422)
                .body(field("code", equalTo("hold_expired")));
        Shelf.redeem(shop.test(), member, "seat").statusCode(201);
        assertThat(cancelled()).isEqualTo(before + 1);
    }

    private static long cancelled() {
        try (Inside inside = Inside.of(shop, Side.TEST)) {
            return inside.events("redemption.cancelled");
        }
    }

    private static void advance(String by) {
        shop.testCalls().post("/v1/test-clock/advance", Map.of("by", by), 200);
    }
}
