package io.regulars.journeys;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.regulars.Shop;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Members who are one person. */
class MergeJourney extends PointsAddUp {

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
                .body(field("points.available", equalTo(37)))
                .body(field("external_id", equalTo("web-1")))
                .body(field("name", equalTo("Lan")))
                .body(field("phone", equalTo("+84901234567")))
                .body(field("birth_date", equalTo("1990-02-28")))
                .body("attributes.size", equalTo("M"));
        shop.live()
                .get("/v1/members/" + id + "/transactions")
                .then()
                .body(field("data[0].kind", equalTo("merge")))
                .body(field("data[0].points", equalTo(12)))
                .body(field("data[0].balance_after", equalTo(37)))
                .body(field("data[0].why", equalTo("Chuyển đến từ một tài khoản khác.")));
        for (String path : List.of(gone, "ext:pos-9")) {
            shop.live()
                    .get("/v1/members/" + path)
                    .then()
                    .statusCode(404)
                    .body(field("code", equalTo("member_merged")))
                    .body(field("member", equalTo(id)));
        }
        shop.live().get("/v1/members").then().body(field("data.id", contains(id)));
        // 5,000 of each were left over below a step: 10,000 together are a point.
        buy("o3", Map.of("card_number", from.getString("card_number")), 5_000)
                .then()
                .statusCode(201)
                .body(field("member.id", equalTo(id)));
        buy("o4", Map.of("external_id", "pos-9"), 10_000)
                .then()
                .body(field("member.id", equalTo(id)));
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
        merge(yes, no).then().body(field("marketing.email", equalTo(false)));
        shop.live()
                .get("/v1/members/" + yes + "/consents")
                .then()
                .body(field("data", hasSize(3)))
                .body(field("data[0].source", equalTo("merge")))
                .body(field("data[0].granted", equalTo(false)));
        unmerge(yes, no)
                .then()
                .statusCode(200)
                .body(field("member.marketing.email", equalTo(true)))
                .body(field("restored.marketing.email", equalTo(false)));
    }

    @Test
    void aYesForOneAddressIsNoYesForAnother() {
        String silent = enrol(Map.of("email", "a@example.com")).getString("id");
        String yes =
                enrol(Map.of("email", "b@example.com", "consents", Shop.consent())).getString("id");
        merge(silent, yes).then().body(field("marketing.email", equalTo(false)));
        String bare = enrol(Map.of("external_id", "bare")).getString("id");
        String other =
                enrol(Map.of("email", "c@example.com", "consents", Shop.consent())).getString("id");
        merge(bare, other)
                .then()
                .body(field("email", equalTo("c@example.com")))
                .body(field("marketing.email", equalTo(true)));
    }

    @Test
    void aDebtIsPaidByThePointsOfTheOther() {
        String into = enrol(Map.of("external_id", "1")).getString("id");
        String from = enrol(Map.of("external_id", "2")).getString("id");
        adjust(into, Map.of("points", 100, "reason", "gift"));
        adjust(from, Map.of("points", -30, "reason", "fraud", "allow_negative", true))
                .then()
                .statusCode(201)
                .body(field("member.points.debt", equalTo(30)));
        merge(into, from)
                .then()
                .body(field("points.available", equalTo(70)))
                .body(field("points.debt", equalTo(0)));
        unmerge(into, from).then().body(field("not_restored.debt", equalTo(30)));
    }

    @Test
    void mergesThatMakeNoSenseAreRefused() {
        String one = enrol(Map.of("external_id", "1", "phone", "0901234567")).getString("id");
        String two = enrol(Map.of("external_id", "2", "phone", "0901234567")).getString("id");
        String three = enrol(Map.of("external_id", "3", "phone", "0901234567")).getString("id");
        merge(one, one)
                .then()
                .statusCode(422)
                .body(field("errors[0].code", equalTo("same_member")));
        merge(one, Map.of("external_id", "9"))
                .then()
                .statusCode(422)
                .body(field("code", equalTo("member_not_found")));
        merge(one, Map.of("phone", "0901234567"))
                .then()
                .statusCode(422)
                .body(field("code", equalTo("member_ambiguous")));
        merge(two, three).then().statusCode(200);
        merge(one, three).then().statusCode(422);
        merge(three, one).then().statusCode(404);
        merge(one, Map.of("external_id", "2")).then().statusCode(200);
        shop.live()
                .get("/v1/members/" + three)
                .then()
                .body(field("code", equalTo("member_merged")))
                .body(field("member", equalTo(one)));
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
        buy("o1", Map.of("external_id", "2"), 10_000)
                .then()
                .body(field("member.id", equalTo(into)));
        shop.live()
                .body(Map.of("external_id", "2"))
                .post("/v1/members")
                .then()
                .statusCode(409)
                .body(field("member", equalTo(into)));
        shop.live()
                .body(Map.of("external_id", "2"))
                .patch("/v1/members/" + into)
                .then()
                .statusCode(200)
                .body(field("external_id", equalTo("2")))
                .body(field("id", not(equalTo(from))));
    }

    @Test
    void mergeDuringARedemptionSpendsNoPointTwice() throws Exception {
        publish(cupFor(60));
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
        publish(Map.of("referral", Map.of("referrer_points", 500, "friend_points", 50)));
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
        merge(two, one).then().body(field("points.available", equalTo(551)));
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
}
