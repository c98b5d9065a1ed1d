package io.regulars.loyalty.purchases;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.loyalty.Inside;
import io.regulars.platform.db.Side;
import io.regulars.platform.ids.TypeIds;
import io.regulars.testing.Fields;
import io.regulars.testing.TestDatabase;
import io.regulars.testing.Till;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same thing sent by many at once. */
class PurchaseConcurrencyTest {

    private static final int THREADS = 16;

    private static Till till;
    private static Shop shop;

    @BeforeAll
    static void aShop() {
        shop = ServiceUnderTest.shared().signUp();
        till =
                new Till(shop)
                        .with(
                                "\"earning\": [{\"key\": \"spend\", \"on\": \"purchase\", \"points\": {\"per_amount\": 100, \"award\": 1}}]");
    }

    @Test
    void theSamePurchaseSentBy16ThreadsWithTheirOwnIdempotencyKeysIsOneRowAndOneAnswer() {
        String member = till.member();
        Map<String, Object> body = Till.purchase(member, 50_00, null);
        List<Response> answers = atOnce(i -> send(body, "own-" + member + i));
        assertThat(answers).extracting(Response::statusCode).containsOnlyOnce(201);
        assertThat(answers).extracting(Response::statusCode).containsOnly(201, 200);
        assertThat(answers.stream().map(a -> a.as(Fields.class).getString("id")).distinct())
                .hasSize(1);
        assertThat(till.available(member)).isEqualTo(50);
    }

    @Test
    void theSamePurchaseSentBy16ThreadsWithOneIdempotencyKeyIsRecordedOnce() {
        String member = till.member();
        Map<String, Object> body = Till.purchase(member, 50_00, null);
        List<Response> answers = atOnce(i -> send(body, "one-" + member));
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.statusCode()).isIn(201, 409))
                .filteredOn(answer -> answer.statusCode() == 409)
                .allSatisfy(answer ->
                        assertThat(answer.as(Fields.class).getString("code"))
                                .isEqualTo("idempotency_in_progress"));
        assertThat(answers).extracting(Response::statusCode).contains(201);
        assertThat(till.available(member)).isEqualTo(50);
    }

    @Test
    void partsOfARefundSentAtOnceNeverComeToMoreThanTheWhole() {
        String member = till.member();
        JsonPath purchase = till.buys(member, 50_00);
        List<Response> answers =
                atOnce(i ->
                        shop.test()
                                .body(Map.of("refund_id", "part-" + i, "amount", 10_00))
                                .post("/v1/purchases/{id}/refunds", purchase.getString("id")));
        assertThat(answers).filteredOn(a -> a.statusCode() == 201).hasSize(5);
        assertThat(answers)
                .filteredOn(a -> a.statusCode() != 201)
                .allSatisfy(a ->
                        assertThat(a.as(Fields.class).getString("code"))
                                .isEqualTo("refund_exceeds_purchase"));
        assertThat(till.available(member)).isZero();
    }

    @Test
    void aReceiptIsClaimedByOneOfMany() {
        Map<String, Object> body = Till.purchase("", 50_00, null);
        body.remove("member");
        String code = shop.testCalls().post("/v1/purchases", body, 201).get("claim_code");
        List<String> members = IntStream.range(0, THREADS).mapToObj(i -> till.member()).toList();
        List<Response> answers =
                atOnce(i ->
                        shop.test()
                                .body(Map.of("claim_code", code, "member", members.get(i)))
                                .post("/v1/purchases/claim"));
        assertThat(answers).extracting(Response::statusCode).containsOnlyOnce(200);
        assertThat(members.stream().mapToLong(till::available).sum()).isEqualTo(50);
    }

    @Test
    void aRefundDuringAClaimTakesTheClaimsPointsToo() throws Exception {
        Map<String, Object> body = Till.purchase("", 50_00, null);
        body.remove("member");
        JsonPath purchase = shop.testCalls().post("/v1/purchases", body, 201);
        String member = till.member();
        Map<String, Object> claim =
                Map.of("claim_code", purchase.getString("claim_code"), "member", member);
        Map<String, Object> refund = Map.of("refund_id", "all");
        String refunds = "/v1/purchases/" + purchase.getString("id") + "/refunds";
        try (Inside inside = Inside.of(shop, Side.TEST);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Response>> answers = new ArrayList<>();
            inside.in(tx -> {
                tx.query("select order_id from <t>.purchase where id = :id for update")
                        .bind("id", TypeIds.parse("pur", purchase.getString("id")).orElseThrow())
                        .mapTo(String.class)
                        .one();
                answers.add(
                        threads.submit(() -> shop.test().body(claim).post("/v1/purchases/claim")));
                await().until(() -> waiting() == 1);
                // It has read the purchase before the claim is there, and comes behind it.
                answers.add(threads.submit(() -> shop.test().body(refund).post(refunds)));
                await().until(() -> waiting() == 2);
                return true;
            });
            answers.getFirst()
                    .get()
                    .then()
                    .statusCode(200)
                    .body(field("points_earned", equalTo(50)));
            answers.getLast().get().then().statusCode(409).body(field("code", equalTo("conflict")));
        }
        assertThat(shop.testCalls().post(refunds, refund, 201).getLong("points_reversed"))
                .isEqualTo(50);
        assertThat(till.available(member)).isZero();
    }

    private static long waiting() {
        return TestDatabase.number(
                shop.service().database(),
                "select count(*) from pg_stat_activity where datname = current_database()"
                        + " and wait_event_type = 'Lock' and query like '%.purchase %'");
    }

    private static Response send(Map<String, Object> body, String key) {
        return shop.test().header("Idempotency-Key", key).body(body).post("/v1/purchases");
    }

    private static List<Response> atOnce(IntFunction<Response> call) {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Response>> futures = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int number = i;
                futures.add(
                        threads.submit(() -> {
                            start.await();
                            return call.apply(number);
                        }));
            }
            start.countDown();
            List<Response> answers = new ArrayList<>();
            for (Future<Response> future : futures) {
                answers.add(future.get());
            }
            return answers;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
