package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.regulars.Shop;
import io.regulars.loyalty.Inside;
import io.regulars.platform.db.Side;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Members who are one person. */
class MergeJourney extends PointsAddUp {

    private Response merge(String into, Object from) {
        return shop.live().body(Map.of("from", from)).post("/v1/members/" + into + "/merge");
    }

    private Response unmerge(String into, Object from) {
        return shop.live().body(Map.of("from", from)).post("/v1/members/" + into + "/unmerge");
    }

    @Test
    void aMergeBringsPointsPurchasesAndWhatIsMissingAndKeepsTheSurvivorsOwn() {
        JsonPath into =
                enrol(Map.of("external_id", "web-1", "email", "lan@example.com", "name", "Lan"));
        JsonPath from =
                enrol(
                        Map.of(
                                "external_id", "pos-9",
                                "phone", "0901234567",
                                "name", "N. Lan",
                                "birth_date", "1990-02-28",
                                "attributes", Map.of("size", "M")));
        String id = into.getString("id");
        String gone = from.getString("id");
        buy("o1", id, 250_000).then().statusCode(201);
        buy("o2", gone, 125_000).then().statusCode(201);
        merge(id, gone)
                .then()
                .statusCode(200)
                .body("points.available", equalTo(37))
                .body("external_id", equalTo("web-1"))
                .body("name", equalTo("Lan"))
                .body("phone", equalTo("+84901234567"))
                .body("birth_date", equalTo("1990-02-28"))
                .body("attributes.size", equalTo("M"));
        shop.live()
                .get("/v1/members/" + id + "/transactions")
                .then()
                .body("data[0].kind", equalTo("merge"))
                .body("data[0].points", equalTo(12))
                .body("data[0].balance_after", equalTo(37))
                .body("data[0].why", equalTo("Chuyển đến từ một tài khoản khác."));
        for (String path : List.of(gone, "ext:pos-9")) {
            shop.live()
                    .get("/v1/members/" + path)
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("member_merged"))
                    .body("member", equalTo(id));
        }
        shop.live().get("/v1/members").then().body("data.id", contains(id));
        // 5,000 of each were left over below a step: 10,000 together are a point.
        buy("o3", Map.of("card_number", from.getString("card_number")), 5_000)
                .then()
                .statusCode(201)
                .body("member.id", equalTo(id));
        buy("o4", Map.of("external_id", "pos-9"), 10_000).then().body("member.id", equalTo(id));
        merge(id, gone).then().statusCode(200);
    }

    @Test
    void theStricterWordOnConsentWinsAndTheHistoryIsKept() {
        String yes =
                enrol(Map.of("email", "a@example.com", "consents", Shop.consent())).getString("id");
        String no =
                enrol(
                                Map.of(
                                        "email",
                                        "b@example.com",
                                        "consents",
                                        List.of(
                                                Map.of(
                                                        "purpose", "marketing_email",
                                                        "granted", false,
                                                        "source", "till"))))
                        .getString("id");
        merge(yes, no).then().body("marketing.email", equalTo(false));
        shop.live()
                .get("/v1/members/" + yes + "/consents")
                .then()
                .body("data", hasSize(3))
                .body("data[0].source", equalTo("merge"))
                .body("data[0].granted", equalTo(false));
        unmerge(yes, no)
                .then()
                .statusCode(200)
                .body("member.marketing.email", equalTo(true))
                .body("restored.marketing.email", equalTo(false));
    }

    @Test
    void aYesForOneAddressIsNoYesForAnother() {
        String silent = enrol(Map.of("email", "a@example.com")).getString("id");
        String yes =
                enrol(Map.of("email", "b@example.com", "consents", Shop.consent())).getString("id");
        merge(silent, yes).then().body("marketing.email", equalTo(false));
        String bare = enrol(Map.of("external_id", "bare")).getString("id");
        String other =
                enrol(Map.of("email", "c@example.com", "consents", Shop.consent())).getString("id");
        merge(bare, other)
                .then()
                .body("email", equalTo("c@example.com"))
                .body("marketing.email", equalTo(true));
    }

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
        merge(into, gone).then().body("email", equalTo("b@example.com"));
        unmerge(into, gone)
                .then()
                .statusCode(200)
                .body("not_restored.points", equalTo(0))
                .body("not_restored.fields", empty());
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
                .body("belongings.purchases.order_id", contains("o2"));
        // What was left over went back to each.
        buy("o3", into, 5_000).then().body("points_earned", equalTo(1));
        buy("o4", gone, 5_000).then().body("points_earned", equalTo(1));
        unmerge(into, gone).then().statusCode(422).body("code", equalTo("not_merged"));
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
                .body("not_restored.points", equalTo(60))
                .body("not_restored.fields", contains("name"))
                .body("member.points.available", equalTo(0))
                .body("member.name", equalTo("Bea"))
                .body("restored.points.available", equalTo(40))
                .body("restored.email", equalTo("b@example.com"));
    }

    @Test
    void aDebtIsPaidByThePointsOfTheOther() {
        String into = enrol(Map.of("external_id", "1")).getString("id");
        String from = enrol(Map.of("external_id", "2")).getString("id");
        adjust(into, Map.of("points", 100, "reason", "gift"));
        adjust(from, Map.of("points", -30, "reason", "fraud", "allow_negative", true))
                .then()
                .statusCode(201)
                .body("member.points.debt", equalTo(30));
        merge(into, from)
                .then()
                .body("points.available", equalTo(70))
                .body("points.debt", equalTo(0));
        unmerge(into, from).then().body("not_restored.debt", equalTo(30));
    }

    @Test
    void mergesThatMakeNoSenseAreRefused() {
        String one = enrol(Map.of("external_id", "1", "phone", "0901234567")).getString("id");
        String two = enrol(Map.of("external_id", "2", "phone", "0901234567")).getString("id");
        String three = enrol(Map.of("external_id", "3", "phone", "0901234567")).getString("id");
        merge(one, one).then().statusCode(422).body("errors[0].code", equalTo("same_member"));
        merge(one, Map.of("external_id", "9"))
                .then()
                .statusCode(422)
                .body("code", equalTo("member_not_found"));
        merge(one, Map.of("phone", "0901234567"))
                .then()
                .statusCode(422)
                .body("code", equalTo("member_ambiguous"));
        merge(two, three).then().statusCode(200);
        merge(one, three).then().statusCode(422);
        merge(three, one).then().statusCode(404);
        merge(one, Map.of("external_id", "2")).then().statusCode(200);
        shop.live()
                .get("/v1/members/" + three)
                .then()
                .body("code", equalTo("member_merged"))
                .body("member", equalTo(one));
    }

    @Test
    void mergeDuringPurchasesLosesNone() throws Exception {
        for (int round = 0; round < 3; round++) {
            String into = enrol(Map.of("external_id", "into" + round)).getString("id");
            String from = enrol(Map.of("external_id", "from" + round)).getString("id");
            List<Future<Integer>> answers = new ArrayList<>();
            try (ExecutorService tills = Executors.newFixedThreadPool(8)) {
                for (int i = 0; i < 24; i++) {
                    String order = round + "-" + i;
                    answers.add(
                            i == 12
                                    ? tills.submit(() -> merge(into, from).statusCode())
                                    : tills.submit(() -> buy(order, from, 10_000).statusCode()));
                }
            }
            long bought = 0;
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isIn(200, 201, 409);
                bought += answer.get() == 201 ? 1 : 0;
            }
            assertThat(answers.get(12).get()).isEqualTo(200);
            assertThat(available(member(into))).isEqualTo(bought);
        }
    }

    @Test
    void aFileThatNamesAMergedMemberReachesTheSurvivorWithItsPurchases() {
        String into = enrol(Map.of("external_id", "1")).getString("id");
        String from = enrol(Map.of("external_id", "2")).getString("id");
        merge(into, from);
        buy("o1", Map.of("external_id", "2"), 10_000).then().body("member.id", equalTo(into));
        shop.live()
                .body(Map.of("external_id", "2"))
                .post("/v1/members")
                .then()
                .statusCode(409)
                .body("member", equalTo(into));
        shop.live()
                .body(Map.of("external_id", "2"))
                .patch("/v1/members/" + into)
                .then()
                .statusCode(200)
                .body("external_id", equalTo("2"))
                .body("id", not(equalTo(from)));
    }

    @Test
    void mergeDuringARedemptionSpendsNoPointTwice() throws Exception {
        Map<String, Object> program = new HashMap<>(Shop.program("VND", 10_000));
        program.put(
                "rewards",
                List.of(Map.of("key", "cup", "name", "A cup", "kind", "gift", "cost_points", 60)));
        Shop.publish(shop.liveCalls(), program);
        for (int round = 0; round < 5; round++) {
            String into = enrol(Map.of("external_id", "keeps" + round)).getString("id");
            String from = enrol(Map.of("external_id", "goes" + round)).getString("id");
            adjust(into, Map.of("points", 50, "reason", "start"));
            adjust(from, Map.of("points", 100, "reason", "start"));
            List<Future<Integer>> redemptions = new ArrayList<>();
            Future<Integer> merged;
            try (ExecutorService tills = Executors.newFixedThreadPool(5)) {
                redemptions.add(tills.submit(() -> redeem(from)));
                redemptions.add(tills.submit(() -> redeem(into)));
                merged = tills.submit(() -> merge(into, from).statusCode());
                redemptions.add(tills.submit(() -> redeem(from)));
                redemptions.add(tills.submit(() -> redeem(into)));
            }
            long spent = 0;
            for (Future<Integer> redemption : redemptions) {
                assertThat(redemption.get()).isIn(201, 409, 422);
                spent += redemption.get() == 201 ? 60 : 0;
            }
            assertThat(merged.get()).isEqualTo(200);
            assertThat(available(member(into))).isEqualTo(150 - spent).isNotNegative();
        }
    }

    private int redeem(String member) {
        return shop.live()
                .body(Map.of("member", member, "reward", "cup"))
                .post("/v1/redemptions")
                .statusCode();
    }

    @Test
    void whoReferredThemselvesBuysAndReturnsLikeAnybodyAfterTheMerge() {
        Map<String, Object> program = new HashMap<>(Shop.program("VND", 10_000));
        program.put("referral", Map.of("referrer_points", 500, "friend_points", 50));
        Shop.publish(shop.liveCalls(), program);
        JsonPath referrer = enrol(Map.of("external_id", "1"));
        String one = referrer.getString("id");
        String two =
                enrol(
                                Map.of(
                                        "external_id",
                                        "2",
                                        "referral_code",
                                        referrer.getString("referral_code")))
                        .getString("id");
        merge(two, one);
        assertThat(refund(buy("o1", two, 10_000))).isEqualTo(201);
        unmerge(two, one);
        Response qualifying = buy("o2", two, 10_000);
        assertThat(available(member(one))).as("they are two again").isEqualTo(500);
        merge(two, one).then().body("points.available", equalTo(551));
        buy("o3", two, 10_000).then().statusCode(201);
        assertThat(refund(qualifying)).isEqualTo(201);
        assertThat(available(member(two))).as("of the last purchase").isEqualTo(1);
    }

    private int refund(Response purchase) {
        String id = purchase.then().statusCode(201).extract().path("id");
        return shop.live()
                .body(Map.of("refund_id", "all"))
                .post("/v1/purchases/" + id + "/refunds")
                .statusCode();
    }

    @Test
    void pointsOfACancelledRedemptionGoToWhoRedeemedWhereTheirLotsWentBack() {
        Map<String, Object> program = new HashMap<>(Shop.program("VND", 10_000));
        program.put(
                "rewards",
                List.of(Map.of("key", "cup", "name", "A cup", "kind", "gift", "cost_points", 60)));
        Shop.publish(shop.liveCalls(), program);
        String into = enrol(Map.of("external_id", "1")).getString("id");
        String from = enrol(Map.of("external_id", "2")).getString("id");
        adjust(into, Map.of("points", 30, "reason", "start"));
        adjust(from, Map.of("points", 40, "reason", "start"));
        merge(into, from);
        String redemption =
                shop.liveCalls()
                        .post("/v1/redemptions", Map.of("member", into, "reward", "cup"), 201)
                        .getString("id");
        unmerge(into, from).then().body("not_restored.points", equalTo(30));
        shop.liveCalls().post("/v1/redemptions/" + redemption + "/cancel", 200);
        assertThat(available(member(into))).isEqualTo(60);
        assertThat(available(member(from))).isEqualTo(10);
        Inside.pointsAddUp(shop, Side.LIVE);
    }

    @Test
    void anUnmergeTakesBackTheTierThatTheOthersPurchasesGave() {
        Map<String, Object> program = new HashMap<>(Shop.program("VND", 10_000));
        program.put(
                "tiers",
                Map.of(
                        "basis", "spend",
                        "window", "lifetime",
                        "levels",
                                List.of(
                                        ShopNights.level("basic", "Basic", 0),
                                        ShopNights.level("silver", "Silver", 500_000),
                                        ShopNights.level("vip", "VIP", 1_000_000))));
        Shop.publish(shop.liveCalls(), program);
        String silver = enrol(Map.of("external_id", "silver")).getString("id");
        String vip = enrol(Map.of("external_id", "vip")).getString("id");
        String nobody = enrol(Map.of("external_id", "nobody")).getString("id");
        buy("o1", silver, 600_000);
        buy("o2", vip, 2_000_000);
        merge(silver, vip).then().body("tier.key", equalTo("vip"));
        unmerge(silver, vip)
                .then()
                .body("member.tier.key", equalTo("silver"))
                .body("restored.tier.key", equalTo("vip"));
        merge(nobody, vip).then().body("tier.key", equalTo("vip"));
        buy("o3", nobody, 500_000);
        unmerge(nobody, vip).then().body("member.tier.key", equalTo("silver"));
        // What somebody holds without having bought it is kept: the steps are higher from now on.
        program.put(
                "tiers",
                Map.of(
                        "basis", "spend",
                        "window", "lifetime",
                        "levels",
                                List.of(
                                        ShopNights.level("basic", "Basic", 0),
                                        ShopNights.level("silver", "Silver", 900_000),
                                        ShopNights.level("vip", "VIP", 1_000_000))));
        Shop.publish(shop.liveCalls(), program);
        merge(silver, vip).then().body("tier.key", equalTo("vip"));
        unmerge(silver, vip).then().body("member.tier.key", equalTo("silver"));
        try (Inside inside = Inside.of(shop, Side.LIVE)) {
            // The two purchases, two merges that raised a tier, and three that were undone.
            assertThat(inside.events("tier.changed")).isEqualTo(2 + 2 + 3);
        }
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
        buy("o1", other, 10_000).then().statusCode(200).body("member.id", equalTo(into));
        shop.live().body(review).post("/v1/activities").then().statusCode(200);
        unmerge(into, from);
        buy("o1", other, 10_000).then().statusCode(200).body("member.id", equalTo(from));
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
                    .body("code", equalTo("already_recorded"));
        }
    }
}
