package io.regulars.journeys;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.testing.Fields;
import io.regulars.testing.Till;
import io.regulars.testing.Till.Line;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Buy ten, get one, in a shop that takes the preset after it has looked around. */
class StampCardJourney {

    private static final long CUP = 45_000;
    private static final Line CAKE = new Line("cake", "CAKE", "cake", 3, 90_000);

    private static Brand brand;
    private static Till till;

    @BeforeAll
    static void open() {
        Shop shop = ServiceUnderTest.shared().signUp();
        till = new Till(shop).at(Brand.MARCH);
        brand = new Brand(shop, till);
        brand.calls().post("/v1/program/draft/from-preset", Map.of("preset", "stamp-card"), 200);
        brand.calls().post("/v1/program/publish", Map.of(), 200);
    }

    @AfterAll
    static void pointsAddUp() {
        brand.addsUp();
    }

    @Test
    void tenCupsMakeTheEleventhFree() {
        String member = till.member();
        for (int cup = 1; cup <= 9; cup++) {
            assertThat(stamps(drinks(member, 1))).isEqualTo(cup);
            assertThat(brand.held(member)).isEmpty();
        }
        JsonPath tenth = drinks(member, 1);
        assertThat(stamps(tenth)).as("a new card").isZero();
        assertThat(tenth.getLong("points_earned")).isZero();
        String code = tenth.getString("stamp_cards[0].vouchers[0].code");
        brand.validates(code, 90_000, CAKE)
                .body(field("valid", equalTo(false)))
                .body(field("reason", equalTo("product_not_in_basket")));
        brand.uses(code, CUP, cups(1))
                .statusCode(200)
                .body(field("discount.amount", equalTo(45_000)));
        brand.uses(code, CUP, cups(1)).statusCode(422).body(field("code", equalTo("voucher_used")));
    }

    @Test
    void theFreeCupItselfIsNoStamp() {
        String member = till.member();
        String code = drinks(member, 10).getString("stamp_cards[0].vouchers[0].code");
        JsonPath eleventh =
                brand.pays(member, 0, List.of(code), new Line("1", "COFFEE", "coffee", 1, 0))
                        .statusCode(201)
                        .extract()
                        .as(Fields.class);
        assertThat(eleventh.getString("vouchers[0].reward")).isEqualTo("free_coffee");
        assertThat(stamps(eleventh)).isZero();
        assertThat(brand.held(member)).containsExactly("free_coffee stamp_card used");
    }

    @Test
    void eachCupOfAnOrderIsAStampAndCakeIsNone() {
        String member = till.member();
        JsonPath order = till.buys(member, 4 * CUP + 90_000, null, cups(4), CAKE);
        assertThat(stamps(order)).isEqualTo(4);
        assertThat(stamps(till.buys(member, 90_000, null, CAKE))).isEqualTo(4);
        JsonPath round = drinks(member, 17);
        assertThat(stamps(round)).as("21 are two cards and one stamp").isEqualTo(1);
        assertThat(round.getList("stamp_cards[0].vouchers")).hasSize(2);
    }

    @Test
    void aRefundedCupTakesItsStampBack() {
        String member = till.member();
        JsonPath order = drinks(member, 3);
        till.refunds(order, CUP);
        card(member, 2);
        till.refundsAll(order);
        card(member, 0);
    }

    @Test
    void theRefundOfTheTenthCupTakesTheUnusedVoucherBack() {
        String member = till.member();
        drinks(member, 9);
        JsonPath tenth = drinks(member, 1);
        assertThat(brand.held(member)).containsExactly("free_coffee stamp_card issued");
        till.refundsAll(tenth);
        card(member, 9);
        assertThat(brand.held(member)).containsExactly("free_coffee stamp_card cancelled");
        drinks(member, 1);
        card(member, 0);
    }

    @Test
    void theRefundOfACupWhoseVoucherIsDrunkIsMadeUpForByTheNextCups() {
        String member = till.member();
        JsonPath ten = drinks(member, 10);
        brand.uses(ten.getString("stamp_cards[0].vouchers[0].code"), CUP, cups(1)).statusCode(200);
        till.refunds(ten, CUP);
        card(member, -1);
        assertThat(drinks(member, 10).getList("stamp_cards[0].vouchers")).isEmpty();
        card(member, 9);
        assertThat(drinks(member, 1).getList("stamp_cards[0].vouchers")).hasSize(1);
    }

    @Test
    void theFreeCupCannotBeBoughtWithPoints() {
        brand.redeems(till.member(), "free_coffee")
                .statusCode(422)
                .body(field("code", equalTo("not_redeemable")));
    }

    private static Line cups(int number) {
        return new Line("1", "COFFEE", "coffee", number, number * CUP);
    }

    private static JsonPath drinks(String member, int number) {
        return till.buys(member, number * CUP, null, cups(number));
    }

    private static int stamps(JsonPath purchase) {
        return purchase.getInt("stamp_cards[0].stamps");
    }

    private static void card(String member, int stamps) {
        brand.api()
                .get("/v1/members/{id}/stamp-cards", member)
                .then()
                .statusCode(200)
                .body(field("data[0].key", equalTo("coffee10")))
                .body(field("data[0].stamps", equalTo(stamps)));
    }
}
