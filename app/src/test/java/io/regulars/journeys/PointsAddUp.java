package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.testing.TestDatabase;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
    void allPointsAddUp() throws SQLException {
        try (Connection connection = TestDatabase.superuserConnection(shop.service().database());
                Statement statement = connection.createStatement()) {
            String t = CdnowBirthdaysJourney.schema(statement, shop);
            String wrong =
                    """
                    select count(*) from t.account a
                     where a.balance <> (select coalesce(sum(points), 0) from t.ledger_entry e where e.member_id = a.member_id)
                        or a.balance <> (select coalesce(sum(remaining), 0) from t.lot l where l.member_id = a.member_id) - a.debt
                    """
                            .replace(" t.", " " + t + ".");
            try (ResultSet rows = statement.executeQuery(wrong)) {
                rows.next();
                assertThat(rows.getLong(1)).isZero();
            }
        }
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
