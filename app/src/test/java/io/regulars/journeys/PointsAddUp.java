package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.platform.db.Side;
import io.regulars.testing.TestDatabase;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A shop whose points add up after each test. */
abstract class PointsAddUp {

    Shop shop;

    @BeforeEach
    void openShop() {
        shop = ServiceUnderTest.shared().signUp();
        Shop.publish(shop.liveCalls(), Shop.program("VND", 10_000));
    }

    @AfterEach
    void allPointsAddUp() {
        String wrong =
                """
                select count(*) from t.account a
                 where a.balance <> (select coalesce(sum(points), 0) from t.ledger_entry e where e.member_id = a.member_id)
                    or a.balance <> (select coalesce(sum(remaining), 0) from t.lot l where l.member_id = a.member_id) - a.debt
                """
                        .replace(" t.", " " + shop.schema(Side.LIVE) + ".");
        assertThat(TestDatabase.number(shop.service().database(), wrong)).isZero();
    }

    final JsonPath enrol(Map<String, Object> member) {
        return Shop.enrol(shop.liveCalls(), member);
    }

    final Response buy(String order, Object member, long amount) {
        return shop.live()
                .body(
                        Map.of(
                                "source", "till",
                                "order_id", order,
                                "member", member,
                                "amount", amount))
                .post("/v1/purchases");
    }

    /** Publishes the program anew, with these parts too. */
    final void publish(Map<String, Object> parts) {
        Shop.publish(shop.liveCalls(), Shop.program("VND", 10_000, parts));
    }

    /** The part of a program that sells a cup for so many points. */
    static Map<String, Object> cupFor(long points) {
        return Map.of(
                "rewards",
                List.of(
                        Map.of(
                                "key", "cup",
                                "name", "A cup",
                                "kind", "gift",
                                "cost_points", points)));
    }

    final Response merge(String into, Object from) {
        return shop.live().body(Map.of("from", from)).post("/v1/members/" + into + "/merge");
    }

    final Response unmerge(String into, Object from) {
        return shop.live().body(Map.of("from", from)).post("/v1/members/" + into + "/unmerge");
    }

    final Response adjust(String member, Map<String, Object> body) {
        return shop.live().body(body).post("/v1/members/" + member + "/adjustments");
    }

    final JsonPath member(String id) {
        return shop.liveCalls().get("/v1/members/" + id);
    }

    static long available(JsonPath member) {
        return member.getLong("points.available");
    }
}
