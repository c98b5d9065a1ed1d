package io.regulars.journeys;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.regulars.testing.Till;
import io.restassured.path.json.JsonPath;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two tiers by what is spent in a year, and one goal. */
class TwoTierVipJourney {

    private static Brand brand;
    private static Till till;

    @BeforeAll
    static void open() {
        brand = another();
        till = brand.till();
    }

    @AfterAll
    static void pointsAddUp() {
        brand.addsUp();
    }

    /** For a test that moves the clock on. */
    private static Brand another() {
        return Brand.of("two-tier-vip", "Europe/Berlin", "DE", "EUR");
    }

    @Test
    void everybodyIsMemberAnd600EurosInAYearMakeAVip() {
        assertThat(brand.program().getList("tiers.levels.key")).containsExactly("member", "vip");
        String member = till.member();
        assertThat(brand.tier(member)).isEqualTo("member");
        JsonPath close = till.buys(member, 599_99);
        assertThat(close.getString("member.tier.key")).isEqualTo("member");
        assertThat(close.getLong("member.tier.progress.to_next.missing")).isEqualTo(1);
        assertThat(till.buys(member, 1).getString("member.tier.key")).isEqualTo("vip");
        assertThat(till.available(member)).as("1 point for each €1").isEqualTo(600);
    }

    @Test
    void theMemberViewHasWhatAProgressBarNeeds() {
        String member = till.member();
        till.buys(member, 150_00);
        JsonPath before = till.shown(member);
        assertThat(before.getString("tier.progress.basis")).isEqualTo("spend");
        assertThat(before.getLong("tier.progress.value")).isEqualTo(150_00);
        assertThat(before.getString("tier.progress.to_next.tier")).isEqualTo("vip");
        assertThat(before.getLong("tier.progress.to_next.missing")).isEqualTo(450_00);
        assertThat(before.getString("tier.progress.to_keep")).isNull();
        till.buys(member, 450_00);
        JsonPath vip = till.shown(member);
        assertThat(vip.getLong("tier.progress.value")).isEqualTo(600_00);
        assertThat(vip.getString("tier.progress.to_next")).isNull();
        assertThat(vip.getString("tier.since")).isEqualTo(Brand.MARCH);
        assertThat(vip.getString("tier.ends_at")).isEqualTo("2028-12-31T23:00:00Z");
        assertThat(vip.getLong("tier.progress.to_keep.missing")).isEqualTo(600_00);
        assertThat(vip.getString("tier.progress.to_keep.by")).isEqualTo("2028-12-31T23:00:00Z");
        assertThat(vip.getString("tier.progress.projected")).isEqualTo("member");
    }

    @Test
    void aVipWhoBuysNothingInTheFollowingYearIsMemberAgainBehindIt() {
        Brand later = another();
        String lapsed = later.till().member();
        String loyal = later.till().member();
        later.till().buys(lapsed, 600_00);
        later.till().buys(loyal, 600_00);
        later.till().advance("2028-05-01T10:00:00Z");
        assertThat(later.tier(lapsed)).isEqualTo("vip");
        JsonPath kept = later.till().buys(loyal, 600_00);
        assertThat(kept.getString("member.tier.ends_at")).isEqualTo("2029-12-31T23:00:00Z");
        later.till().advance("2028-12-31T22:59:59Z");
        assertThat(later.tier(lapsed)).isEqualTo("vip");
        later.till().advance("2028-12-31T23:00:00Z");
        assertThat(later.tier(lapsed)).isEqualTo("member");
        assertThat(later.tier(loyal)).isEqualTo("vip");
        later.till().advance("2029-12-31T23:00:00Z");
        assertThat(later.tier(loyal)).isEqualTo("member");
        later.addsUp();
    }

    @Test
    void theSamePointsBuyMoreForAVip() {
        String member = brand.memberWith(400);
        brand.redeems(member, "vip_ten_off")
                .statusCode(422)
                .body(field("code", equalTo("tier_too_low")));
        brand.uses(brand.code(member, "five_off"), 20_00)
                .statusCode(200)
                .body(field("discount.amount", equalTo(5_00)));
        String vip = brand.memberWith(600);
        brand.uses(brand.code(vip, "vip_ten_off"), 20_00)
                .statusCode(200)
                .body(field("discount.amount", equalTo(10_00)));
        assertThat(till.available(member)).isEqualTo(250);
        assertThat(till.available(vip)).isEqualTo(400);
    }

    @Test
    void aVipBringsOneFriendToAnEventAndNotTwo() {
        String vip = brand.memberWith(1_000);
        brand.redeems(vip, "vip_event").statusCode(201);
        brand.redeems(vip, "vip_event").statusCode(201);
        brand.redeems(vip, "vip_event")
                .statusCode(422)
                .body(field("code", equalTo("limit_reached")));
        brand.redeems(brand.memberWith(300), "vip_event")
                .statusCode(422)
                .body(field("code", equalTo("tier_too_low")));
    }

    @Test
    void theAnniversaryDiscountIsGivenAndNotBought() {
        brand.redeems(brand.memberWith(500), "anniversary")
                .statusCode(422)
                .body(field("code", equalTo("not_redeemable")));
    }

    @Test
    void theBirthdayOfferTakesATenthOff() {
        Brand later = another();
        later.givesOnBirthdays("birthday");
        String member = later.member(Map.of("birth_date", "1988-03-10"));
        later.till().advance("2027-03-10T08:00:00Z");
        later.uses(later.vouchers(member).getString("data[0].code"), 50_00)
                .statusCode(200)
                .body(field("discount.amount", equalTo(5_00)));
    }
}
