package io.regulars.loyalty.rewards;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.regulars.loyalty.Shelf;
import io.regulars.testing.Fields;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many at once. */
@Timeout(180)
class RewardConcurrencyTest extends ShelfAddsUp {

    private static final int CALLERS = 64;

    @Test
    void of64ParallelRedemptionsOfAOneUseCodeExactlyOneSucceeds() throws Exception {
        String member = Shelf.member(shop.liveCalls(), 50);
        String code =
                Shelf.redeem(shop.live(), member, "fifteen")
                        .extract()
                        .as(Fields.class)
                        .get("voucher.code");
        List<Response> answers =
                atOnce(
                        CALLERS,
                        i ->
                                json(shop.raw())
                                        .body(Shelf.use(code, "race-" + i, Shelf.basket()))
                                        .post("/v1/vouchers/redeem"));
        assertThat(answers).filteredOn(a -> a.statusCode() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(a -> a.statusCode() != 200)
                .hasSize(63)
                .allSatisfy(
                        a -> a.then().statusCode(422).body(field("code", equalTo("voucher_used"))));
    }

    @Test
    void of64WhoWantTheLastOneInStockOneGetsIt() throws Exception {
        List<String> members = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            members.add(Shelf.member(shop.liveCalls(), 10));
        }
        List<Response> answers =
                atOnce(
                        CALLERS,
                        i ->
                                json(shop.raw())
                                        .body(Map.of("member", members.get(i), "reward", "seat"))
                                        .post("/v1/redemptions"));
        assertThat(answers).filteredOn(a -> a.statusCode() == 201).hasSize(1);
        assertThat(answers)
                .filteredOn(a -> a.statusCode() != 201)
                .hasSize(63)
                .allSatisfy(a -> a.then().statusCode(422).body(field("code", equalTo("sold_out"))));
    }

    @Test
    void aMemberWhoTapsManyTimesGetsWhatTheLimitAllows() throws Exception {
        String member = Shelf.member(shop.liveCalls(), 50);
        List<Response> answers =
                atOnce(
                        16,
                        i ->
                                json(shop.raw())
                                        .body(Map.of("member", member, "reward", "once"))
                                        .post("/v1/redemptions"));
        assertThat(answers).filteredOn(a -> a.statusCode() == 201).hasSize(1);
        assertThat(Shelf.available(shop.liveCalls(), member)).isEqualTo(49);
    }

    @Test
    void twoPurchasesAndARedemptionAtTheSameInstantLoseNothing() throws Exception {
        for (int round = 0; round < 10; round++) {
            String member = Shelf.member(shop.liveCalls(), 10);
            List<Response> answers =
                    atOnce(
                            3,
                            i ->
                                    i == 0
                                            ? json(shop.raw())
                                                    .body(
                                                            Map.of(
                                                                    "member", member, "reward",
                                                                    "fifteen"))
                                                    .post("/v1/redemptions")
                                            : json(shop.raw())
                                                    .body(
                                                            Map.of(
                                                                    "source",
                                                                    "till",
                                                                    "order_id",
                                                                    member + i,
                                                                    "member",
                                                                    member,
                                                                    "amount",
                                                                    2_000))
                                                    .post("/v1/purchases"));
            assertThat(answers).allSatisfy(a -> a.then().statusCode(201));
            assertThat(Shelf.available(shop.liveCalls(), member)).isEqualTo(40);
        }
    }

    @Test
    void aHoldThatRunsOutDuringItsCommitIsCommittedOrGivenBackAndNeverBoth() throws Exception {
        for (int round = 0; round < 5; round++) {
            String member = Shelf.member(shop.testCalls(), 10);
            JsonPath held =
                    shop.testCalls()
                            .post(
                                    "/v1/redemptions",
                                    Map.of(
                                            "member",
                                            member,
                                            "reward",
                                            "fifteen",
                                            "hold",
                                            true,
                                            "hold_minutes",
                                            1),
                                    201);
            String id = held.getString("id");
            List<Response> answers =
                    atOnce(
                            2,
                            i ->
                                    i == 0
                                            ? json(test()).post("/v1/redemptions/" + id + "/commit")
                                            : json(test())
                                                    .body(Map.of("by", "PT1M"))
                                                    .post("/v1/test-clock/advance"));
            String state = shop.test().get("/v1/redemptions/" + id).path("status");
            boolean committed = answers.getFirst().statusCode() == 200;
            if (!committed) {
                answers.getFirst()
                        .then()
                        .statusCode(422)
                        .body(field("code", equalTo("hold_expired")));
            }
            assertThat(state).isEqualTo(committed ? "issued" : "cancelled");
            assertThat(Shelf.available(shop.testCalls(), member)).isEqualTo(committed ? 0 : 10);
        }
    }

    private static RequestSpecification test() {
        return shop.service().rawApi().header("Authorization", "Bearer " + shop.testKey());
    }

    private static RequestSpecification json(RequestSpecification request) {
        return request.contentType(ContentType.JSON);
    }

    private interface Call {
        Response by(int caller);
    }

    private static List<Response> atOnce(int callers, Call call) throws Exception {
        CountDownLatch ready = new CountDownLatch(callers);
        List<Callable<Response>> calls = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            int caller = i;
            calls.add(() -> {
                ready.countDown();
                ready.await();
                return call.by(caller);
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            List<Response> answers = new ArrayList<>();
            for (Future<Response> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }
}
