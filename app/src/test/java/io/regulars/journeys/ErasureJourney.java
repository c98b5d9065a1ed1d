package io.regulars.journeys;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.regulars.Shop;
import io.regulars.platform.db.Side;
import io.regulars.testing.TestDatabase;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Persons who are forgotten, and what they may know before. */
class ErasureJourney extends PointsAddUp {

    @Test
    void anErasedPersonIsGoneAndTheAmountsStay() {
        String id =
                enrol(
                                Map.of(
                                        "external_id", "1",
                                        "email", "lan@example.com",
                                        "name", "Phạm Lan",
                                        "consents", Shop.consent()))
                        .getString("id");
        String part = enrol(Map.of("external_id", "2", "name", "Phạm Lan too")).getString("id");
        merge(id, part);
        String purchase = buy("o1", id, 250_000).path("id");
        shop.live().delete("/v1/members/" + id).then().statusCode(204);
        shop.live().delete("/v1/members/" + id).then().statusCode(204);
        for (String path : List.of(id, part, "ext:1", "ext:2")) {
            shop.live().get("/v1/members/" + path).then().statusCode(404);
        }
        shop.live().get("/v1/members").then().body(field("data", empty()));
        shop.live()
                .body(Map.of("email", "lan@example.com"))
                .post("/v1/members/search")
                .then()
                .body(field("data", empty()));
        buy("o2", id, 1).then().statusCode(422);
        shop.live()
                .get("/v1/purchases/" + purchase)
                .then()
                .statusCode(200)
                .body(field("amount", equalTo(250_000)));
        assertThat(everything()).doesNotContain("Lan", "pham lan", "lan@example.com");
        assertThat(enrol(Map.of("external_id", "1", "email", "lan@example.com")).getString("id"))
                .isNotEqualTo(id);
    }

    @Test
    void whatARepeatWouldBeAnsweredGoesWithThePersonAndStillDoesNothingTwice() {
        Map<String, Object> person = Map.of("external_id", "7", "email", "hoa@example.com");
        String id = repeatable("enrol", person, "/v1/members").path("id");
        Map<String, Object> gift = Map.of("points", 5, "reason", "a gift");
        String adjustments = "/v1/members/" + id + "/adjustments";
        repeatable("gift", gift, adjustments).then().statusCode(201);
        String other = repeatable("other", Map.of("external_id", "8"), "/v1/members").path("id");
        shop.live().delete("/v1/members/" + id).then().statusCode(204);
        for (Response again :
                List.of(
                        repeatable("enrol", person, "/v1/members"),
                        repeatable("gift", gift, adjustments))) {
            again.then().statusCode(410).body(field("code", equalTo("gone")));
        }
        shop.live().get("/v1/members").then().body(field("data.id", contains(other)));
        assertThat(everything()).doesNotContain("hoa@example.com");
        repeatable("other", Map.of("external_id", "8"), "/v1/members")
                .then()
                .statusCode(201)
                .body(field("id", equalTo(other)));
    }

    private Response repeatable(String key, Map<String, Object> body, String path) {
        return shop.raw()
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(body)
                .post(path);
    }

    /** All rows that may tell who somebody was. */
    private String everything() {
        StringBuilder all = new StringBuilder();
        try (Connection connection = TestDatabase.superuserConnection(shop.service().database());
                Statement statement = connection.createStatement()) {
            String t = shop.schema(Side.LIVE);
            for (String table :
                    List.of(
                            "member",
                            "consent_event",
                            "message",
                            "activity",
                            "lot",
                            "ledger_entry",
                            "idempotency",
                            "event")) {
                try (ResultSet rows =
                        statement.executeQuery("select x::text from " + t + "." + table + " x")) {
                    while (rows.next()) {
                        all.append(rows.getString(1)).append('\n');
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return all.toString();
    }

    @Test
    void filesWrittenBeforeGoWithAnErasedPerson() {
        String id =
                enrol(Map.of("external_id", "9", "email", "minh@example.com", "name", "Minh"))
                        .getString("id");
        adjust(id, Map.of("points", 5, "reason", "for Minh"));
        List<String> files =
                Stream.of("members", "transactions", "messages", "vouchers")
                        .map(this::file)
                        .toList();
        shop.live().delete("/v1/members/" + id).then().statusCode(204);
        for (String file : files.subList(0, 3)) {
            shop.live().get(file).then().statusCode(410).body(field("code", equalTo("gone")));
        }
        shop.live().get(files.getLast()).then().statusCode(200);
        String again = shop.raw().get(file("members")).asString();
        assertThat(again).contains("external_id").doesNotContain("Minh");
    }

    /** Where a file is that has been written. */
    private String file(String kind) {
        String id = shop.liveCalls().post("/v1/exports?kind=" + kind, 202).get("id");
        return Shop.exported(shop.liveCalls(), id);
    }

    @Test
    void anExportTellsAllThatIsKnown() {
        String id =
                enrol(
                                Map.of(
                                        "external_id", "1",
                                        "email", "lan@example.com",
                                        "consents", Shop.consent()))
                        .getString("id");
        buy("o1", id, 250_000);
        adjust(id, Map.of("points", 5, "reason", "waited long"));
        shop.live()
                .get("/v1/members/" + id + "/export")
                .then()
                .statusCode(200)
                .body(field("member.email", equalTo("lan@example.com")))
                .body(field("consents.source", contains("till")))
                .body(field("transactions.kind", contains("adjust", "earn")))
                .body(field("transactions[0].inputs.reason", equalTo("waited long")))
                .body(field("belongings.purchases.order_id", contains("o1")))
                .body(field("belongings.vouchers", empty()))
                .body(field("belongings.messages", empty()));
    }
}
