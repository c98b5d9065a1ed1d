package io.regulars.journeys;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.platform.db.Side;
import io.regulars.testing.Fields;
import io.regulars.testing.TestDatabase;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A till that was switched off with a request in hand, and repeats it days later. */
class LateRetriesJourney {

    private final ServiceUnderTest service = ServiceUnderTest.shared();
    private final Shop shop = service.signUp();
    private String member = "";

    @BeforeEach
    void aMemberWithPoints() {
        Shop.publish(shop.liveCalls(), Shop.program("VND", 100, PointsAddUp.cupFor(30)));
        member = Shop.enrol(shop.liveCalls(), Map.of("external_id", "late")).getString("id");
        adjust("start", 100).then().statusCode(201);
    }

    @Test
    void aRedemptionThatIsRepeatedDaysLaterCostsNothingAndShowsWhatBecameOfIt() {
        String id = redeem().then().statusCode(201).extract().as(Fields.class).get("id");
        points(70);
        shop.liveCalls().post("/v1/redemptions/" + id + "/cancel", 200);
        redeem().then().statusCode(201).body(field("status", equalTo("issued")));
        daysPass();
        Response late = redeem();
        late.then()
                .statusCode(201)
                .body(field("id", equalTo(id)))
                .body(field("status", equalTo("cancelled")));
        assertThat(late.header("Idempotent-Replayed")).isEqualTo("true");
        points(100);
    }

    @Test
    void anAdjustmentThatIsRepeatedDaysLaterIsMadeOnce() {
        daysPass();
        Response late = adjust("start", 100);
        late.then().statusCode(201);
        assertThat(late.header("Idempotent-Replayed")).isEqualTo("true");
        points(100);
    }

    private Response redeem() {
        return shop.live()
                .header("Idempotency-Key", "redeem")
                .body(Map.of("member", member, "reward", "cup"))
                .post("/v1/redemptions");
    }

    private Response adjust(String key, long points) {
        return shop.live()
                .header("Idempotency-Key", key)
                .body(Map.of("points", points, "reason", "a gift"))
                .post("/v1/members/" + member + "/adjustments");
    }

    private void points(int available) {
        shop.live()
                .get("/v1/members/" + member)
                .then()
                .body(field("points.available", equalTo(available)));
    }

    /** And the night's housekeeping with them: all that need not be kept is forgotten. */
    private void daysPass() {
        String schema = shop.schema(Side.LIVE);
        TestDatabase.change(
                service.database(),
                "update "
                        + schema
                        + ".idempotency set created_at = created_at - interval '3 days'");
        TestDatabase.change(
                service.database(), "delete from " + schema + ".idempotency where not kept");
    }
}
