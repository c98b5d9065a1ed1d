package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.testing.Fields;
import io.regulars.ServiceUnderTest;
import io.regulars.testing.Marketing;
import io.regulars.testing.TestDatabase;
import io.restassured.http.ContentType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A shop's own rhythm is learned at night, once it has enough buyers who came back. */
class ChurnFitJourney {

    @Test
    void theShopsOwnFiguresAreFittedEveryNightFrom200RepeatBuyersOn() throws SQLException {
        Marketing shop =
                new Marketing("America/New_York", "2027-06-01T12:00:00Z", "\"earning\": []");
        imports(shop, 0, 199);
        shop.till().advance("P1D");
        assertThat(fitted(shop)).isEmpty();
        imports(shop, 199, 260);
        shop.till().advance("PT1H");
        assertThat(fitted(shop)).singleElement().asString().contains("\"origin\": \"SHOP\"");
        assertThat(fitted(shop).getFirst()).contains("\"buyers\": 260");
        shop.till().advance("2027-06-05T12:00:00Z");
        assertThat(fitted(shop).getFirst()).contains("\"fitted_at\": \"2027-06-05T06:00:00Z\"");
    }

    /** Each came twice or thrice, at paces of their own. */
    private static void imports(Marketing shop, int from, int to) {
        StringBuilder csv =
                new StringBuilder("source,order_id,member_external_id,purchased_at,amount\n");
        for (int i = from; i < to; i++) {
            LocalDate first = LocalDate.of(2026, 8, 1).plusDays(i % 60);
            line(csv, i, "a", first);
            line(csv, i, "b", first.plusDays(5 + i % 47L));
            if (i % 3 == 0) {
                line(csv, i, "c", first.plusDays(60 + i % 90L));
            }
        }
        String id =
                shop.shop()
                        .service()
                        .api()
                        .header("Authorization", "Bearer " + shop.shop().testKey())
                        .contentType("text/csv;charset=UTF-8")
                        .body(csv.toString())
                        .queryParam("kind", "purchases")
                        .post("/v1/imports")
                        .then()
                        .statusCode(202)
                        .extract()
                        .as(Fields.class).get("id");
        shop.till().advance("PT1M");
        Map<String, Object> done =
                shop.till()
                        .api()
                        .accept(ContentType.JSON)
                        .get("/v1/imports/" + id)
                        .then()
                        .extract()
                        .as(Fields.class).get("$");
        assertThat(done).containsEntry("status", "completed").containsEntry("failed", 0);
    }

    private static void line(StringBuilder csv, int buyer, String visit, LocalDate day) {
        csv.append("till,")
                .append(buyer)
                .append(visit)
                .append(",b")
                .append(buyer)
                .append(',')
                .append(day)
                .append("T15:00:00Z,1000\n");
    }

    /** What is kept of the latest fit. */
    private static List<String> fitted(Marketing shop) throws SQLException {
        try (Connection connection =
                        TestDatabase.superuserConnection(ServiceUnderTest.shared().database());
                Statement statement = connection.createStatement()) {
            String schema = schema(connection, shop);
            try (ResultSet rows =
                    statement.executeQuery(
                            "select value::text from \""
                                    + schema
                                    + "\".setting where key = 'churn'")) {
                return rows.next() ? List.of(rows.getString(1)) : List.of();
            }
        }
    }

    private static String schema(Connection connection, Marketing shop) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select test_schema from control.tenant where id = ?")) {
            query.setObject(1, shop.shop().tenantUuid());
            try (ResultSet rows = query.executeQuery()) {
                assertThat(rows.next()).isTrue();
                return rows.getString(1);
            }
        }
    }
}
