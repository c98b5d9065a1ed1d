package io.regulars.journeys;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.regulars.Shop;
import io.regulars.testing.Till;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Points and three tiers by what is spent in a year. */
class BeautyInsiderJourney {

    private static Brand brand;
    private static Till till;

    @BeforeAll
    static void open() {
        brand = Brand.american("beauty-insider");
        till = brand.till();
    }

    @AfterAll
    static void pointsAddUp() {
        brand.addsUp();
    }

    @Test
    void anAddressJoinsWithoutBuyingAndHasACardAtOnce() {
        JsonPath member = Shop.enrol(brand.calls(), Map.of("email", "joins@example.com"));
        assertThat(member.getString("card_number")).isNotBlank();
        assertThat(member.getString("tier.name")).isEqualTo("Insider");
        assertThat(member.getLong("points.available")).isZero();
        assertThat(member.getString("tier.progress.to_next.tier")).isEqualTo("vib");
        assertThat(member.getLong("tier.progress.to_next.missing")).isEqualTo(350_00);
    }

    @Test
    void aDollarIsAPointAndCentsCountForTheNextPurchase() {
        String member = till.member();
        assertThat(till.buys(member, 30_50).getLong("points_earned")).isEqualTo(30);
        assertThat(till.buys(member, 20_50).getLong("points_earned")).isEqualTo(21);
        assertThat(till.available(member)).isEqualTo(51);
    }

    @Test
    void vibBeginsAt350DollarsAndRougeAt1000() {
        String member = till.member();
        assertThat(till.buys(member, 349_99).getString("member.tier.key")).isEqualTo("insider");
        JsonPath vib = till.buys(member, 1);
        assertThat(vib.getString("member.tier.key")).isEqualTo("vib");
        assertThat(vib.getString("member.tier.progress.to_next.tier")).isEqualTo("rouge");
        assertThat(vib.getLong("member.tier.progress.to_next.missing")).isEqualTo(650_00);
        assertThat(till.buys(member, 649_99).getString("member.tier.key")).isEqualTo("vib");
        JsonPath rouge = till.buys(member, 1);
        assertThat(rouge.getString("member.tier.key")).isEqualTo("rouge");
        assertThat(rouge.getString("member.tier.progress.to_next")).isNull();
        assertThat(rouge.getString("member.tier.ends_at"))
                .as("midnight in New York after the end of the next year")
                .isEqualTo("2029-01-01T05:00:00Z");
    }

    @Test
    void whatWasSpentInTheYearBeforeDoesNotCountTowardsATier() {
        Brand later = Brand.american("beauty-insider");
        String member = later.till().member();
        later.till().buys(member, 300_00);
        later.till().advance("2028-02-01T15:00:00Z");
        JsonPath next = later.till().buys(member, 300_00);
        assertThat(next.getString("member.tier.key")).isEqualTo("insider");
        assertThat(next.getLong("member.tier.progress.to_next.missing")).isEqualTo(50_00);
    }

    @Test
    void rougeIsKeptThroughTheNextYearAndFallsToWhatThatYearEarned() {
        Brand later = Brand.american("beauty-insider");
        String member = later.till().member();
        later.till().buys(member, 1_000_00);
        later.till().advance("2028-06-01T15:00:00Z");
        JsonPath kept = later.till().buys(member, 350_00);
        assertThat(kept.getString("member.tier.key")).isEqualTo("rouge");
        assertThat(kept.getLong("member.tier.progress.to_keep.missing")).isEqualTo(650_00);
        assertThat(kept.getString("member.tier.progress.projected")).isEqualTo("vib");
        later.till().advance("2029-01-01T04:59:59Z");
        assertThat(later.tier(member)).isEqualTo("rouge");
        later.till().advance("2029-01-01T05:00:00Z");
        assertThat(later.tier(member)).isEqualTo("vib");
        later.addsUp();
    }

    @Test
    void theBirthdayGiftComesOnTheDayAndNobodyCanBuyIt() {
        Brand later = Brand.american("beauty-insider");
        later.givesOnBirthdays("birthday_gift");
        String member = later.member(Map.of("birth_date", "1990-03-10"));
        String other = later.member(Map.of("birth_date", "1990-05-10"));
        later.till().advance("2027-03-10T13:59:59Z");
        assertThat(later.held(member)).isEmpty();
        later.till().advance("2027-03-10T14:00:00Z");
        assertThat(later.held(member)).containsExactly("birthday_gift campaign issued");
        assertThat(later.held(other)).isEmpty();
        later.uses(later.vouchers(member).getString("data[0].code"), 20_00)
                .statusCode(200)
                .body(field("reward", equalTo("birthday_gift")))
                .body(field("discount.amount", equalTo(0)));
        assertThat(later.held(member)).containsExactly("birthday_gift campaign used");
        later.redeems(member, "birthday_gift")
                .statusCode(422)
                .body(field("code", equalTo("not_redeemable")));
    }

    @Test
    void pointsBuyADiscountOf10Percent() {
        String member = brand.memberWith(250);
        String code = brand.code(member, "ten_percent");
        assertThat(till.available(member)).isZero();
        brand.uses(code, 80_00).statusCode(200).body(field("discount.amount", equalTo(8_00)));
        brand.uses(code, 80_00).statusCode(422).body(field("code", equalTo("voucher_used")));
    }

    @Test
    void pointsBuyCreditAtTheTillFromABasketOf20Dollars() {
        String code = brand.code(brand.memberWith(500), "ten_credit");
        brand.uses(code, 19_99)
                .statusCode(422)
                .body(field("code", equalTo("voucher_not_valid")))
                .body(field("reason", equalTo("min_basket")));
        brand.uses(code, 20_00).statusCode(200).body(field("discount.amount", equalTo(10_00)));
    }

    @Test
    void pointsBuyAPrizeOfTheBazaarAndItsStockGoesDown() {
        String member = brand.memberWith(750);
        int before = stock("bazaar_palette");
        brand.redeems(member, "bazaar_palette")
                .statusCode(201)
                .body(field("points", equalTo(750)))
                .body(field("voucher.code", matchesPattern("[2-9A-HJKMNP-Z]{12}")));
        assertThat(till.available(member)).isZero();
        assertThat(stock("bazaar_palette")).isEqualTo(before - 1);
    }

    @Test
    void theMasterClassIsForTheUpperTiersOnly() {
        String insider = till.member();
        brand.calls()
                .post(
                        "/v1/members/" + insider + "/adjustments",
                        Map.of("points", 1_500, "reason", "from the old program"),
                        201);
        brand.redeems(insider, "masterclass")
                .statusCode(422)
                .body(field("code", equalTo("tier_too_low")));
        assertThat(till.available(insider)).isEqualTo(1_500);
        brand.redeems(brand.memberWith(1_500), "masterclass").statusCode(201);
    }

    @Test
    void aRefundTakesThePointsAndTheTierBack() {
        String member = till.member();
        JsonPath purchase = till.buys(member, 350_00);
        assertThat(brand.tier(member)).isEqualTo("vib");
        assertThat(till.refundsAll(purchase).getLong("points_reversed")).isEqualTo(350);
        assertThat(till.available(member)).isZero();
        assertThat(brand.tier(member)).isEqualTo("insider");
    }

    private static int stock(String reward) {
        List<Integer> left =
                brand.calls()
                        .get("/v1/rewards")
                        .get("data.findAll { it.key == '" + reward + "' }.stock_left");
        return left.getFirst();
    }
}
