package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.platform.db.Side;
import io.regulars.testing.Marketing;
import io.regulars.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
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
        Shop.bring(shop.till().calls(), "purchases", csv.toString());
        shop.till().advance("PT1M");
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
        String fits =
                "select value::text from "
                        + shop.shop().schema(Side.TEST)
                        + ".setting where key = 'churn'";
        try (Connection connection =
                        TestDatabase.superuserConnection(ServiceUnderTest.shared().database());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(fits)) {
            return rows.next() ? List.of(rows.getString(1)) : List.of();
        }
    }
}
