package io.regulars.engagement.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class RhythmTest {

    private static final ZoneId SAIGON = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final LocalDate TODAY = LocalDate.of(2027, 3, 29);

    @Test
    void purchasesOfOneLocalDayAreOne() {
        Rhythm rhythm = of("2027-03-01T01:00:00Z", "2027-03-01T16:59:00Z", "2027-03-08T02:00:00Z");
        assertThat(rhythm).isEqualTo(new Rhythm(1, 1, 4));
    }

    @Test
    void theDayIsThatOfTheShop() {
        // 23:30 and half past midnight in Saigon, on one day of UTC.
        assertThat(of("2027-03-01T16:30:00Z", "2027-03-01T17:30:00Z").repeats()).isEqualTo(1);
    }

    @Test
    void theOrderOfThePurchasesDoesNotMatter() {
        assertThat(of("2027-03-15T05:00:00Z", "2027-03-01T05:00:00Z", "2027-03-08T05:00:00Z"))
                .isEqualTo(new Rhythm(2, 2, 4));
    }

    @Test
    void whoBoughtTodayForTheFirstTimeHasAnAgeOfNothing() {
        assertThat(of("2027-03-29T05:00:00Z")).isEqualTo(new Rhythm(0, 0, 0));
    }

    @Test
    void whatIsBoughtAfterTodayIsNotKnownYet() {
        assertThat(of("2027-03-01T05:00:00Z", "2027-03-30T05:00:00Z"))
                .isEqualTo(new Rhythm(0, 0, 4));
        assertThat(Rhythm.of(List.of(Instant.parse("2027-03-30T05:00:00Z")), SAIGON, TODAY))
                .isEmpty();
    }

    @Test
    void whoNeverBoughtHasNoRhythm() {
        assertThat(Rhythm.of(List.of(), SAIGON, TODAY)).isEmpty();
    }

    @Test
    void aChangeToSummerTimeDoesNotMakeADayShorter() {
        Rhythm rhythm =
                Rhythm.of(
                                List.of(
                                        Instant.parse("2027-03-27T11:00:00Z"),
                                        Instant.parse("2027-03-28T10:00:00Z")),
                                ZoneId.of("Europe/Paris"),
                                TODAY)
                        .orElseThrow();
        assertThat(rhythm).isEqualTo(new Rhythm(1, 1 / 7.0, 2 / 7.0));
    }

    @Test
    void cdnowsPurchasesGiveTheNumbersThatWerePublished() {
        List<Rhythm> own =
                CdnowRhythms.sample().values().stream().map(CdnowRhythms::atHalf).toList();
        List<Rhythm> published = CdnowRhythms.summary();
        assertThat(own).hasSameSizeAs(published).hasSize(2_357);
        for (int i = 0; i < own.size(); i++) {
            assertThat(own.get(i).repeats()).isEqualTo(published.get(i).repeats());
            assertThat(own.get(i).lastRepeat())
                    .isEqualTo(published.get(i).lastRepeat(), within(0.0051));
            assertThat(own.get(i).age()).isEqualTo(published.get(i).age(), within(0.0051));
        }
    }

    @Test
    void whatCannotHaveHappenedIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Rhythm(-1, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rhythm(1, 2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rhythm(1, Double.NaN, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rhythm(0, 0, Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Rhythm(0, 0, Double.POSITIVE_INFINITY));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rhythm(0, 1, 2));
    }

    private static Rhythm of(String... purchases) {
        return Rhythm.of(List.of(purchases).stream().map(Instant::parse).toList(), SAIGON, TODAY)
                .orElseThrow();
    }
}
