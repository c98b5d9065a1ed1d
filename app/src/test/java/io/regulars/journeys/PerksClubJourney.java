package io.regulars.journeys;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.regulars.Shop;
import io.regulars.testing.Fields;
import io.regulars.testing.Till;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A free club without points or tiers. */
class PerksClubJourney {

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
        return Brand.of("perks-club", "Asia/Ho_Chi_Minh", "VN", "VND");
    }

    @Test
    void onePhoneNumberJoinsAndHasAYearOfFreeDelivery() {
        JsonPath member = Shop.enrol(brand.calls(), Map.of("phone", "0912 345 678"));
        assertThat(member.getString("tier")).isNull();
        String id = member.getString("id");
        assertThat(brand.held(id)).containsExactly("free_delivery welcome issued");
        assertThat(till.buys(id, 250_000).getLong("points_earned")).isZero();
        assertThat(till.available(id)).isZero();
    }

    @Test
    void freeDeliveryHoldsForEveryOrderOf365DaysToTheLastMinute() {
        Brand later = another();
        String member = later.till().member();
        JsonPath voucher = later.vouchers(member);
        // Joined on 1 March 2027; a leap day lies in the year behind it.
        assertThat(voucher.getString("data[0].expires_at")).isEqualTo("2028-02-29T17:00:00Z");
        String code = voucher.getString("data[0].code");
        for (int order = 0; order < 12; order++) {
            later.uses(code, 250_000)
                    .statusCode(200)
                    .body(field("status", equalTo("issued")))
                    .body(field("used_at", notNullValue()));
        }
        JsonPath sale =
                later.pays(member, 180_000, List.of(code))
                        .statusCode(201)
                        .extract()
                        .as(Fields.class);
        later.pays(member, 90_000, List.of(code)).statusCode(201);
        later.till().refundsAll(sale);
        assertThat(later.vouchers(member).getBoolean("data[0].reusable")).isTrue();
        assertThat(later.held(member))
                .as("a refund of one order takes nothing from the others")
                .containsExactly("free_delivery welcome issued");
        later.till().advance("2028-02-29T16:59:59Z");
        later.validates(code, 250_000)
                .body(field("valid", equalTo(true)))
                .body(field("discount.amount", equalTo(0)))
                .body(field("voucher.reward", equalTo("free_delivery")))
                .body(field("voucher.reusable", equalTo(true)));
        later.uses(code, 250_000).statusCode(200);
        later.till().advance("2028-02-29T17:00:00Z");
        later.validates(code, 250_000).body(field("reason", equalTo("voucher_expired")));
        later.uses(code, 250_000).statusCode(422).body(field("reason", equalTo("voucher_expired")));
    }

    @Test
    void theClubTellsItsBenefitsAndAnswersItsQuestionsInBothLanguages() {
        JsonPath program = brand.program();
        assertThat(program.getList("benefits.en"))
                .containsExactly(
                        "One year of free delivery",
                        "An offer on your birthday",
                        "First to know what is new");
        assertThat(program.getList("benefits.vi")).hasSize(3).doesNotContainNull();
        assertThat(program.getList("faq.question.vi")).hasSize(3).doesNotContainNull();
        assertThat(program.getList("faq.answer.en")).hasSize(3).doesNotContainNull();
        assertThat(program.getList("earning")).isEmpty();
        assertThat(program.getString("tiers")).isNull();
    }

    @Test
    void theBirthdayOfferTakesAFifthOff() {
        Brand later = another();
        later.givesOnBirthdays("birthday_offer");
        String member = later.member(Map.of("birth_date", "--03-10"));
        later.till().advance("2027-03-10T02:00:00Z");
        assertThat(later.held(member))
                .containsExactlyInAnyOrder(
                        "birthday_offer campaign issued", "free_delivery welcome issued");
        String code =
                later.vouchers(member).getString("data.find { it.origin == 'campaign' }.code");
        later.uses(code, 200_000).statusCode(200).body(field("discount.amount", equalTo(40_000)));
        later.till().advance("2027-04-20T02:00:00Z");
        assertThat(later.held(member))
                .containsExactlyInAnyOrder(
                        "birthday_offer campaign used", "free_delivery welcome issued");
    }
}
