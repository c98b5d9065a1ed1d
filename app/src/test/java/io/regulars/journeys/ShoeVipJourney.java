package io.regulars.journeys;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.regulars.testing.Till;
import io.restassured.path.json.JsonPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No card in hand, and rewards by tier. */
class ShoeVipJourney {

    private static Brand brand;
    private static Till till;
    private static String imelda = "";

    @BeforeAll
    static void open() {
        brand = Brand.american("shoe-vip");
        till = brand.till();
        imelda = till.member(Map.of("name", "Imelda Strider", "phone", "+1 212 555 0188"));
        till.member(Map.of("name", "Immanuel Strider", "phone", "+1 212 555 0199"));
    }

    @AfterAll
    static void pointsAddUp() {
        brand.addsUp();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1 212 555 0188", "(212) 555-0188", "212.555.0188", "1-212-555-0188"})
    void theTillFindsAMemberByPhoneAsItIsSaid(String phone) {
        assertThat(found("phone", phone)).containsExactly(imelda);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Imelda", "imel", "IMELDA STR"})
    void theTillFindsAMemberByTheBeginningOfTheName(String name) {
        assertThat(found("name_prefix", name)).containsExactly(imelda);
        assertThat(found("name_prefix", "im")).hasSize(2).contains(imelda);
    }

    @Test
    void theTillFindsAMemberByTheNumberOfTheCard() {
        String card = till.shown(imelda).getString("card_number");
        assertThat(found("card_number", card)).containsExactly(imelda);
        assertThat(found("card_number", "0000000000")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"phone", "card_number", "external_id"})
    void aPurchaseNamesItsMemberByWhatIsAtHand(String by) {
        String phone = "+1 212 555 0" + (150 + by.length());
        String member = till.member(Map.of("phone", phone, "external_id", "by/" + by));
        Map<String, Object> purchase = new HashMap<>(Till.purchase(member, 25_00, null));
        purchase.put("member", Map.of(by, till.shown(member).getString(by)));
        brand.api()
                .body(purchase)
                .post("/v1/purchases")
                .then()
                .statusCode(201)
                .body(field("member.id", equalTo(member)))
                .body(field("points_earned", equalTo(25)));
    }

    @Test
    void theMemberViewSaysWhereOneStandsAndWhatMoreSpendBrings() {
        String member = till.member();
        JsonPath club = till.buys(member, 120_00);
        assertThat(club.getString("member.tier.name.en")).isEqualTo("Club");
        assertThat(club.getString("member.tier.progress.to_next.tier")).isEqualTo("gold");
        assertThat(club.getLong("member.tier.progress.to_next.missing")).isEqualTo(80_00);
        JsonPath gold = till.buys(member, 80_00);
        assertThat(gold.getString("member.tier.name.en")).isEqualTo("Gold");
        assertThat(gold.getString("member.tier.progress.to_next.tier")).isEqualTo("elite");
        assertThat(gold.getLong("member.tier.progress.to_next.missing")).isEqualTo(300_00);
        JsonPath elite = till.buys(member, 300_00);
        assertThat(elite.getString("member.tier.name.en")).isEqualTo("Elite");
        assertThat(till.buys(member, 10_00).getLong("points_earned"))
                .as("an elite member earns double")
                .isEqualTo(20);
    }

    @Test
    void eachTierHasRewardsOfItsOwn() {
        String club = brand.memberWith(199);
        tooLow(club, "gold_delivery");
        tooLow(club, "elite_twenty");
        brand.uses(brand.code(club, "five_off"), 30_00)
                .body(field("discount.amount", equalTo(5_00)));
        String gold = brand.memberWith(400);
        tooLow(gold, "elite_twenty");
        brand.redeems(gold, "gold_delivery").statusCode(201).body(field("points", equalTo(25)));
        String elite = brand.memberWith(500);
        brand.redeems(elite, "gold_delivery").statusCode(201);
        brand.uses(brand.code(elite, "elite_twenty"), 60_00)
                .body(field("discount.amount", equalTo(20_00)));
        assertThat(till.available(elite)).isEqualTo(175);
    }

    @Test
    void whoBuysNothingMoreGoesDownOneStepEachYear() {
        Brand later = Brand.american("shoe-vip");
        String member = later.memberWith(500);
        assertThat(later.tier(member)).isEqualTo("elite");
        later.till().advance("2029-01-01T05:00:00Z");
        assertThat(later.tier(member)).isEqualTo("gold");
        later.till().advance("2030-01-01T05:00:00Z");
        assertThat(later.tier(member)).isEqualTo("club");
    }

    @Test
    void theBirthdayVoucherTakes5DollarsOff() {
        Brand later = Brand.american("shoe-vip");
        later.givesOnBirthdays("birthday");
        String member = later.member(Map.of("birth_date", "--03-10"));
        later.till().advance("2027-03-10T14:00:00Z");
        later.uses(later.vouchers(member).getString("data[0].code"), 30_00)
                .statusCode(200)
                .body(field("discount.amount", equalTo(5_00)));
    }

    private static List<String> found(String by, String what) {
        return brand.calls().post("/v1/members/search", Map.of(by, what), 200).get("data.id");
    }

    private static void tooLow(String member, String reward) {
        brand.redeems(member, reward).statusCode(422).body(field("code", equalTo("tier_too_low")));
    }
}
