package io.regulars.journeys;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.regulars.Shop;
import io.regulars.testing.Fields;
import io.regulars.testing.Till;
import io.regulars.testing.Till.Line;
import io.restassured.path.json.JsonPath;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stars on each purchase, and a ladder of rewards. */
class CoffeeStarsJourney {

    private static Brand brand;
    private static Till till;

    @BeforeAll
    static void open() {
        brand = Brand.american("coffee-stars");
        till = brand.till();
    }

    @AfterAll
    static void pointsAddUp() {
        brand.addsUp();
    }

    @ParameterizedTest(name = "{1} stars buy {0}")
    @CsvSource({"extra, 25", "brewed, 50", "handcrafted, 100", "lunch, 200", "merchandise, 400"})
    void eachRungOfTheLadderCostsItsStarsAndNotOneLess(String reward, int stars) {
        String member = brand.memberWith(stars - 1);
        brand.redeems(member, reward)
                .statusCode(422)
                .body(field("code", equalTo("not_enough_points")))
                .body(field("missing", equalTo(1)));
        till.buys(member, 1_00);
        String code = brand.code(member, reward);
        assertThat(till.available(member)).isZero();
        Line item = Line.of(reward.toUpperCase(Locale.ROOT), 4_95);
        brand.uses(code, 4_95, item)
                .statusCode(200)
                .body(field("discount.amount", equalTo(4_95)))
                .body(field("discount.free_items[0].sku", equalTo(item.sku())));
    }

    @Test
    void theCatalogueShowsHowFarTheLadderIsClimbed() {
        brand.api()
                .queryParam("member", brand.memberWith(100))
                .get("/v1/rewards")
                .then()
                .statusCode(200)
                .body(field("data.cost_points", equalTo(List.of(25, 50, 100, 200, 400))))
                .body(field("data.affordable", equalTo(List.of(true, true, true, false, false))))
                .body(field("data.missing", equalTo(List.of(0, 0, 0, 100, 300))));
    }

    @Test
    void anOrderByPhoneAndACupAtTheTillBothBringStars() {
        till.member(Map.of("phone", "+1 212 555 0142", "name", "Ada"));
        String found =
                brand.calls()
                        .post("/v1/members/search", Map.of("phone", "(212) 555-0142"), 200)
                        .get("data[0].id");
        till.buys(found, 5_00);
        Map<String, Object> mobile = Till.purchase(found, 7_00, null);
        mobile.put("source", "mobile-app");
        brand.calls().post("/v1/purchases", mobile, 201);
        assertThat(till.available(found)).isEqualTo(12);
    }

    @Test
    void couponsInBulkAreAllDifferentAndEachIsGoodOnce() {
        String id =
                brand.calls()
                        .post(
                                "/v1/vouchers/batch",
                                Map.of(
                                        "reward", "brewed",
                                        "count", 250,
                                        "pattern", "STAR-####-####",
                                        "expires_at", "2027-04-01T04:00:00Z"),
                                202)
                        .get("id");
        String url = Shop.exported(brand.calls(), id);
        List<String> rows =
                Arrays.asList(
                        brand.shop()
                                .service()
                                .rawApi()
                                .header("Authorization", "Bearer " + brand.shop().testKey())
                                .get(url)
                                .then()
                                .statusCode(200)
                                .extract()
                                .asString()
                                .split("\r\n", -1));
        List<String> codes =
                rows.subList(1, rows.size() - 1).stream()
                        .map(row -> row.split(",", -1)[1])
                        .toList();
        assertThat(codes).hasSize(250).doesNotHaveDuplicates();
        assertThat(codes).allMatch(code -> code.matches("STAR-[2-9A-HJKMNP-Z-]{9}"));
        String member = till.member();
        Line brewed = Line.of("BREWED", 3_50);
        JsonPath paid =
                brand.pays(member, 0, codes.subList(0, 1), Line.of("BREWED", 0))
                        .statusCode(201)
                        .extract()
                        .as(Fields.class);
        assertThat(paid.getString("vouchers[0].reward")).isEqualTo("brewed");
        assertThat(brand.held(member)).containsExactly("brewed batch used");
        brand.uses(codes.getFirst(), 3_50, brewed)
                .statusCode(422)
                .body(field("code", equalTo("voucher_used")));
        brand.uses(codes.getLast(), 3_50, brewed)
                .statusCode(200)
                .body(field("discount.amount", equalTo(3_50)));
    }
}
