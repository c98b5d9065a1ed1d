package io.regulars.journeys;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.regulars.testing.Till;
import io.regulars.testing.Till.Line;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Leaves for more than buying, and for friends. */
class GreenRewardsJourney {

    private static final Line PLANT = new Line("plant", "SMALL_PLANT", "plants", 1, 12_00);
    private static final Line POT = new Line("pot", "POT", "pots", 1, 8_00);

    private static Brand brand;
    private static Till till;

    @BeforeAll
    static void open() {
        brand = Brand.american("green-rewards");
        till = brand.till();
    }

    @AfterAll
    static void pointsAddUp() {
        brand.addsUp();
    }

    @Test
    void theUnitIsALeafAndItsTiersHaveNamesOfTheirOwn() {
        JsonPath program = brand.program();
        assertThat(program.getString("name.en")).isEqualTo("Green Rewards");
        assertThat(program.getString("unit.one.en")).isEqualTo("leaf");
        assertThat(program.getString("unit.many.en")).isEqualTo("leaves");
        assertThat(program.getList("tiers.levels.name.en"))
                .containsExactly("Seedling", "Very Important Plant Person");
    }

    @Test
    void theWelcomeTakes15PercentOff() {
        String member = till.member();
        assertThat(brand.held(member)).containsExactly("welcome15 welcome issued");
        brand.uses(brand.vouchers(member).getString("data[0].code"), 40_00)
                .statusCode(200)
                .body(field("discount.amount", equalTo(6_00)));
        brand.redeems(member, "welcome15")
                .statusCode(422)
                .body(field("code", equalTo("not_redeemable")));
    }

    @Test
    void aFriendsFirstPurchaseBrings500LeavesAndTheFriend15Percent() {
        String referrer = till.member();
        String code = till.shown(referrer).getString("referral_code");
        String friend = till.member(Map.of("email", "friend@example.com", "referral_code", code));
        assertThat(till.available(referrer)).isZero();
        JsonPath first = till.buys(friend, 20_00);
        assertThat(till.available(referrer)).isEqualTo(500);
        assertThat(till.available(friend)).isEqualTo(20);
        assertThat(brand.held(friend))
                .containsExactlyInAnyOrder("welcome15 welcome issued", "welcome15 referral issued");
        till.buys(friend, 20_00);
        assertThat(till.available(referrer)).as("the first purchase only").isEqualTo(500);
        till.refundsAll(first);
        assertThat(till.available(referrer)).isZero();
        assertThat(brand.held(friend))
                .containsExactlyInAnyOrder(
                        "welcome15 welcome issued", "welcome15 referral cancelled");
    }

    @Test
    void aFollowAndTheNewsletterBring50LeavesOnceEach() {
        String member = till.member();
        assertThat(brand.does(member, "social_follow")).isEqualTo(50);
        assertThat(brand.does(member, "social_follow")).isZero();
        assertThat(brand.does(member, "newsletter_signup")).isEqualTo(50);
        assertThat(brand.does(member, "newsletter_signup")).isZero();
        assertThat(till.available(member)).isEqualTo(100);
    }

    @Test
    void birthdaysBring100LeavesAtMidnightEachYear() {
        Brand later = Brand.american("green-rewards");
        String member = later.member(Map.of("birth_date", "1990-03-10"));
        later.till().advance("2027-03-10T04:59:59Z");
        assertThat(later.till().available(member)).isZero();
        later.till().advance("2027-03-10T05:00:00Z");
        assertThat(later.till().available(member)).isEqualTo(100);
        later.till().buys(member, 1_00);
        later.till().advance("2028-03-01T05:00:00Z");
        assertThat(later.till().available(member)).isEqualTo(101);
        later.till().advance("2028-03-10T05:00:00Z");
        assertThat(later.till().available(member)).isEqualTo(201);
        later.addsUp();
    }

    @Test
    void from500DollarsAYearOnADollarIsALeafAndAHalf() {
        String member = till.member();
        JsonPath reaches = till.buys(member, 500_00);
        assertThat(reaches.getLong("points_earned")).as("by the tier before").isEqualTo(500);
        assertThat(reaches.getString("member.tier.key")).isEqualTo("vip");
        assertThat(till.buys(member, 101_00).getLong("points_earned")).isEqualTo(151);
    }

    @Test
    void theFreePlantNeedsAnotherItemInTheBasket() {
        String code = brand.code(brand.memberWith(300), "free_plant");
        refused(code, 12_00, "min_other_items", PLANT);
        refused(code, 8_00, "product_not_in_basket", POT);
        brand.uses(code, 20_00, PLANT, POT)
                .statusCode(200)
                .body(field("discount.amount", equalTo(12_00)))
                .body(field("discount.free_items[0].sku", equalTo("SMALL_PLANT")))
                .body(field("discount.free_items[0].quantity", equalTo(1)));
    }

    @Test
    void orMoneyOffAsTheMemberLikes() {
        String member = brand.memberWith(300);
        String code = brand.code(member, "five_off");
        assertThat(till.available(member)).isEqualTo(200);
        refused(code, 8_00, "min_basket", POT);
        brand.pays(member, 15_00, List.of(code), new Line("a", "FERN", "plants", 1, 15_00))
                .statusCode(201)
                .body(field("vouchers[0].discount", equalTo(5_00)))
                .body(field("points_earned", equalTo(15)));
        assertThat(till.available(member)).isEqualTo(215);
    }

    private static void refused(String code, long amount, String reason, Line... lines) {
        brand.uses(code, amount, lines)
                .statusCode(422)
                .body(field("code", equalTo("voucher_not_valid")))
                .body(field("reason", equalTo(reason)));
    }
}
