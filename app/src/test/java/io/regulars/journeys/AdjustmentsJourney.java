package io.regulars.journeys;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Points that are given and taken by hand. */
class AdjustmentsJourney extends PointsAddUp {

    @Test
    void pointsAreGivenAndTakenByHandWithAReason() {
        String id = enrol(Map.of("external_id", "1")).getString("id");
        adjust(id, Map.of("points", 50, "reason", "sorry for the wait"))
                .then()
                .statusCode(201)
                .body(field("kind", equalTo("adjust")))
                .body(field("points", equalTo(50)))
                .body(field("balance_after", equalTo(50)))
                .body(field("id", containsString("ptx_")))
                .body(field("member.points.available", equalTo(50)));
        adjust(id, Map.of("points", -51, "reason", "mistake"))
                .then()
                .statusCode(422)
                .body(field("code", equalTo("not_enough_points")))
                .body(field("required", equalTo(51)))
                .body(field("available", equalTo(50)))
                .body(field("missing", equalTo(1)));
        adjust(id, Map.of("points", -51, "reason", "mistake", "allow_negative", true))
                .then()
                .statusCode(201)
                .body(field("balance_after", equalTo(-1)))
                .body(field("member.points.debt", equalTo(1)));
        adjust(id, Map.of("points", 3, "reason", "found"))
                .then()
                .body(field("member.points.available", equalTo(2)))
                .body(field("member.points.debt", equalTo(0)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"points\": 0, \"reason\": \"x\"}",
                "{\"points\": 9007199254740992, \"reason\": \"x\"}",
                "{\"points\": -9007199254740992, \"reason\": \"x\"}",
                "{\"points\": 1.5, \"reason\": \"x\"}",
                "{\"points\": \"1\", \"reason\": \"x\"}",
                "{\"points\": 1, \"reason\": \" \"}",
                "{\"points\": 1}",
                "{\"reason\": \"x\"}"
            })
    void pointsOfZeroFractionsAndTwoToThe53AreRefused(String body) {
        String id = enrol(Map.of("external_id", "1")).getString("id");
        shop.raw()
                .contentType("application/json")
                .body(body)
                .post("/v1/members/" + id + "/adjustments")
                .then()
                .statusCode(422);
        assertThat(available(member(id))).isZero();
    }

    @Test
    void theSameAdjustmentWithOneKeyIsBookedOnce() {
        String id = enrol(Map.of("external_id", "1")).getString("id");
        for (int i = 0; i < 2; i++) {
            shop.live()
                    .header("Idempotency-Key", "once")
                    .body(Map.of("points", 10, "reason", "gift"))
                    .post("/v1/members/" + id + "/adjustments")
                    .then()
                    .statusCode(201);
        }
        assertThat(available(member(id))).isEqualTo(10);
    }
}
