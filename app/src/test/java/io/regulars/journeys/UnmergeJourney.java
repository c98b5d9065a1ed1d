package io.regulars.journeys;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.regulars.loyalty.Inside;
import io.regulars.platform.db.Side;
import io.restassured.path.json.JsonPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Members who were taken for one person and are two. */
class UnmergeJourney extends PointsAddUp {

    @Test
    void anUnmergePutsEverythingBack() {
        String into =
                enrol(Map.of("external_id", "1", "attributes", Map.of("a", 1))).getString("id");
        JsonPath from =
                enrol(
                        Map.of(
                                "external_id", "2",
                                "email", "b@example.com",
                                "name", "B",
                                "attributes", Map.of("b", 2)));
        String gone = from.getString("id");
        buy("o1", into, 105_000);
        buy("o2", gone, 205_000);
        JsonPath before = member(into);
        merge(into, gone).then().body(field("email", equalTo("b@example.com")));
        unmerge(into, gone)
                .then()
                .statusCode(200)
                .body(field("not_restored.points", equalTo(0)))
                .body(field("not_restored.fields", empty()));
        JsonPath after = member(into);
        for (String field :
                List.of("external_id", "email", "name", "attributes", "points", "joined_at")) {
            assertThat(after.<Object>get(field)).as(field).isEqualTo(before.get(field));
        }
        JsonPath restored = member(gone);
        for (String field : List.of("external_id", "email", "name", "attributes", "card_number")) {
            assertThat(restored.<Object>get(field)).as(field).isEqualTo(from.get(field));
        }
        assertThat(available(restored)).isEqualTo(20);
        shop.live()
                .get("/v1/members/" + gone + "/export")
                .then()
                .body(field("belongings.purchases.order_id", contains("o2")));
        // What was left over went back to each.
        buy("o3", into, 5_000).then().body(field("points_earned", equalTo(1)));
        buy("o4", gone, 5_000).then().body(field("points_earned", equalTo(1)));
        unmerge(into, gone).then().statusCode(422).body(field("code", equalTo("not_merged")));
        merge(into, gone).then().statusCode(200);
    }

    @Test
    void anUnmergeSaysWhatWasSpentOrChangedMeanwhile() {
        String into = enrol(Map.of("external_id", "1")).getString("id");
        String from = enrol(Map.of("email", "b@example.com", "name", "B")).getString("id");
        adjust(from, Map.of("points", 100, "reason", "gift"));
        merge(into, from);
        adjust(into, Map.of("points", -60, "reason", "spent"));
        shop.live().body(Map.of("name", "Bea")).patch("/v1/members/" + into);
        unmerge(into, from)
                .then()
                .statusCode(200)
                .body(field("not_restored.points", equalTo(60)))
                .body(field("not_restored.fields", contains("name")))
                .body(field("member.points.available", equalTo(0)))
                .body(field("member.name", equalTo("Bea")))
                .body(field("restored.points.available", equalTo(40)))
                .body(field("restored.email", equalTo("b@example.com")));
    }

    @Test
    void pointsOfACancelledRedemptionGoToWhoRedeemedWhereTheirLotsWentBack() {
        publish(cupFor(60));
        String into = enrol(Map.of("external_id", "1")).getString("id");
        String from = enrol(Map.of("external_id", "2")).getString("id");
        adjust(into, Map.of("points", 30, "reason", "start"));
        adjust(from, Map.of("points", 40, "reason", "start"));
        merge(into, from);
        String redemption =
                shop.liveCalls()
                        .post("/v1/redemptions", Map.of("member", into, "reward", "cup"), 201)
                        .getString("id");
        unmerge(into, from).then().body(field("not_restored.points", equalTo(30)));
        shop.liveCalls().post("/v1/redemptions/" + redemption + "/cancel", 200);
        assertThat(available(member(into))).isEqualTo(60);
        assertThat(available(member(from))).isEqualTo(10);
        Inside.pointsAddUp(shop, Side.LIVE);
    }

    @Test
    void anUnmergeTakesBackTheTierThatTheOthersPurchasesGave() {
        publish(silverFrom(500_000));
        String silver = enrol(Map.of("external_id", "silver")).getString("id");
        String vip = enrol(Map.of("external_id", "vip")).getString("id");
        String nobody = enrol(Map.of("external_id", "nobody")).getString("id");
        buy("o1", silver, 600_000);
        buy("o2", vip, 2_000_000);
        merge(silver, vip).then().body(field("tier.key", equalTo("vip")));
        unmerge(silver, vip)
                .then()
                .body(field("member.tier.key", equalTo("silver")))
                .body(field("restored.tier.key", equalTo("vip")));
        merge(nobody, vip).then().body(field("tier.key", equalTo("vip")));
        buy("o3", nobody, 500_000);
        unmerge(nobody, vip).then().body(field("member.tier.key", equalTo("silver")));
        // What somebody holds without having bought it is kept: the steps are higher from now on.
        publish(silverFrom(900_000));
        merge(silver, vip).then().body(field("tier.key", equalTo("vip")));
        unmerge(silver, vip).then().body(field("member.tier.key", equalTo("silver")));
        try (Inside inside = Inside.of(shop, Side.LIVE)) {
            // The two purchases, three merges that raised a tier, and each of them undone.
            assertThat(inside.events("tier.changed")).isEqualTo(2 + 3 + 3);
        }
    }

    private static Map<String, Object> silverFrom(long threshold) {
        return Map.of(
                "tiers",
                ShopNights.tiers(
                        List.of(
                                ShopNights.level("basic", "Basic", 0),
                                ShopNights.level("silver", "Silver", threshold),
                                ShopNights.level("vip", "VIP", 1_000_000))));
    }

    @Test
    void whatWasSaidOfTheMergedMemberBeforeIsARepeatAfterwards() {
        String into = enrol(Map.of("external_id", "1")).getString("id");
        String from = enrol(Map.of("external_id", "2")).getString("id");
        Map<String, Object> other = Map.of("external_id", "2");
        Map<String, Object> review = Map.of("type", "review", "key", "r1", "member", other);
        buy("o1", other, 10_000).then().statusCode(201);
        shop.live().body(review).post("/v1/activities").then().statusCode(201);
        merge(into, from);
        buy("o1", other, 10_000).then().statusCode(200).body(field("member.id", equalTo(into)));
        shop.live().body(review).post("/v1/activities").then().statusCode(200);
        unmerge(into, from);
        buy("o1", other, 10_000).then().statusCode(200).body(field("member.id", equalTo(from)));
        shop.live().body(review).post("/v1/activities").then().statusCode(200);
        for (String path : List.of("/v1/purchases", "/v1/activities")) {
            Map<String, Object> body =
                    new HashMap<>(
                            path.equals("/v1/activities")
                                    ? review
                                    : Map.of("source", "till", "order_id", "o1", "amount", 10_000));
            body.put("member", into);
            shop.live()
                    .body(body)
                    .post(path)
                    .then()
                    .statusCode(409)
                    .body(field("code", equalTo("already_recorded")));
        }
    }
}
