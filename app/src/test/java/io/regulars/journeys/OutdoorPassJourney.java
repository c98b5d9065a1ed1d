package io.regulars.journeys;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.regulars.testing.Fields;
import io.regulars.testing.Till;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Points for being outdoors, and experiences with few places. */
class OutdoorPassJourney {

    private static Brand brand;
    private static Till till;

    @BeforeAll
    static void open() {
        brand = Brand.american("outdoor-pass");
        till = brand.till();
    }

    @AfterAll
    static void pointsAddUp() {
        brand.addsUp();
    }

    @Test
    void oneCheckInADayBrings10Points() {
        Brand later = Brand.american("outdoor-pass");
        String member = later.till().member();
        assertThat(later.does(member, "check_in")).isEqualTo(10);
        assertThat(later.does(member, "check_in")).as("elsewhere on the same day").isZero();
        later.till().advance("2027-03-02T04:59:59Z");
        assertThat(later.does(member, "check_in")).as("a second before midnight").isZero();
        later.till().advance("2027-03-02T05:00:00Z");
        assertThat(later.does(member, "check_in")).isEqualTo(10);
        assertThat(later.till().available(member)).isEqualTo(20);
    }

    @Test
    void everyEventBrings50PointsAndTheApp100Once() {
        String member = till.member();
        assertThat(brand.does(member, "event")).isEqualTo(50);
        assertThat(brand.does(member, "event")).isEqualTo(50);
        assertThat(brand.does(member, "app_install")).isEqualTo(100);
        assertThat(brand.does(member, "app_install")).as("on a second phone").isZero();
        assertThat(till.available(member)).isEqualTo(200);
        brand.uses(brand.code(member, "ten_off"), 45_00)
                .statusCode(200)
                .body(field("discount.amount", equalTo(10_00)));
    }

    @Test
    void theGuidedClimbIsSoldOutAfter12PlacesUntilSomebodyGivesOneBack() {
        List<String> redemptions = new ArrayList<>();
        for (int place = 1; place <= 12; place++) {
            redemptions.add(
                    brand.redeems(brand.memberWith(500), "climbing")
                            .statusCode(201)
                            .extract()
                            .as(Fields.class)
                            .get("id"));
        }
        String late = brand.memberWith(500);
        brand.redeems(late, "climbing").statusCode(422).body(field("code", equalTo("sold_out")));
        assertThat(till.available(late)).isEqualTo(500);
        brand.api()
                .queryParam("member", late)
                .get("/v1/rewards")
                .then()
                .body("data.find { it.key == 'climbing' }.stock_left", equalTo(0))
                .body("data.find { it.key == 'climbing' }.affordable", equalTo(true))
                .body("data.find { it.key == 'climbing' }.locked_by", equalTo(List.of("sold_out")));
        brand.calls().post("/v1/redemptions/" + redemptions.getFirst() + "/cancel", 200);
        brand.redeems(late, "climbing").statusCode(201);
        assertThat(till.available(late)).isZero();
    }

    @Test
    void ofTenWhoWantOneOfSixTentsAtOnceSixGetIt() throws Exception {
        List<Callable<Integer>> wishes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String member = brand.memberWith(1_000);
            wishes.add(() -> brand.redeems(member, "camp").extract().statusCode());
        }
        List<Integer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(10)) {
            for (Future<Integer> answer : threads.invokeAll(wishes)) {
                answers.add(answer.get());
            }
        }
        assertThat(answers).filteredOn(status -> status == 201).hasSize(6);
        assertThat(answers).filteredOn(status -> status == 422).hasSize(4);
    }

    @Test
    void aPlaceIsForOneMemberOnce() {
        // A shop of its own: the places of the others are counted.
        Brand other = Brand.american("outdoor-pass");
        String keen = other.memberWith(1_000);
        other.redeems(keen, "climbing").statusCode(201);
        other.redeems(keen, "climbing")
                .statusCode(422)
                .body(field("code", equalTo("limit_reached")));
        assertThat(other.till().available(keen)).isEqualTo(500);
    }
}
