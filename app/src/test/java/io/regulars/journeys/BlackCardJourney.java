package io.regulars.journeys;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.regulars.testing.Fields;
import io.regulars.testing.Till;
import io.regulars.testing.Till.Line;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A card that is scanned at the bar, in several venues. */
class BlackCardJourney {

    private static Brand brand;
    private static Till till;

    @BeforeAll
    static void open() {
        brand = Brand.of("black-card", "Europe/London", "GB", "GBP");
        till = brand.till();
    }

    @AfterAll
    static void pointsAddUp() {
        brand.addsUp();
    }

    @Test
    void theFirstDrinkIsFreeOnJoiningAndOnlyTheFirst() {
        String member = till.member();
        assertThat(brand.held(member)).containsExactly("first_drink welcome issued");
        String code = brand.vouchers(member).getString("data[0].code");
        Line drink = Line.of("DRINK", 6_00);
        brand.uses(code, 6_00, drink)
                .statusCode(200)
                .body(field("discount.amount", equalTo(6_00)))
                .body(field("discount.free_items[0].sku", equalTo("DRINK")));
        brand.uses(code, 6_00, drink).statusCode(422).body(field("code", equalTo("voucher_used")));
        brand.redeems(member, "first_drink")
                .statusCode(422)
                .body(field("code", equalTo("not_redeemable")));
        till.buys(member, 6_00);
        assertThat(brand.held(member)).containsExactly("first_drink welcome used");
    }

    @Test
    void theScannedCardBringsAPointForEachPoundInEveryVenue() {
        String member = till.member();
        String card = till.shown(member).getString("card_number");
        scans(card, 18_40, "till", "shoreditch")
                .statusCode(201)
                .body(field("points_earned", equalTo(18)));
        scans(card, 22_60, "till", "camden")
                .statusCode(201)
                .body(field("points_earned", equalTo(23)));
        assertThat(till.available(member)).isEqualTo(41);
    }

    @Test
    void anOrderFromTheTableIsCreditedByItself() {
        String member = till.member();
        String card = till.shown(member).getString("card_number");
        ValidatableResponse table = scans(card, 35_00, "table-orders", "soho");
        table.statusCode(201)
                .body(field("source", equalTo("table-orders")))
                .body(field("location", equalTo("soho")))
                .body(field("member.points.available", equalTo(35)));
    }

    @Test
    void pointsAreSpentAtTheTillLikeMoney() {
        String member = brand.memberWith(100);
        String code = brand.code(member, "five_off");
        assertThat(till.available(member)).isZero();
        brand.pays(member, 5_00 - 1, List.of(code))
                .statusCode(422)
                .body(field("code", equalTo("voucher_not_valid")))
                .body(field("reason", equalTo("min_basket")))
                .body(field("errors[0].pointer", equalTo("/voucher_codes/0")));
        JsonPath round =
                brand.pays(member, 15_00, List.of(code))
                        .statusCode(201)
                        .body(field("vouchers[0].discount", equalTo(5_00)))
                        .body(field("points_earned", equalTo(15)))
                        .extract()
                        .as(Fields.class);
        assertThat(till.available(member)).as("for what was paid, not for points").isEqualTo(15);
        JsonPath refund = till.refundsAll(round);
        assertThat(refund.getLong("points_reversed")).isEqualTo(15);
        assertThat(refund.getLong("points_returned")).isEqualTo(100);
        assertThat(till.available(member)).isEqualTo(100);
    }

    @Test
    void fiftyPointsSkipTheQueue() {
        String member = brand.memberWith(60);
        brand.redeems(member, "skip_queue").statusCode(201).body(field("points", equalTo(50)));
        assertThat(till.available(member)).isEqualTo(10);
    }

    private static ValidatableResponse scans(
            String card, long amount, String source, String venue) {
        Map<String, Object> purchase = Till.purchase("", amount, null);
        purchase.put("member", Map.of("card_number", card));
        purchase.put("source", source);
        purchase.put("location", venue);
        return brand.api().body(purchase).post("/v1/purchases").then();
    }
}
