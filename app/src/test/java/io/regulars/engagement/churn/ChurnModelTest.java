package io.regulars.engagement.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChurnModelTest {

    private static final Rhythm ONCE = new Rhythm(0, 0, 10);
    private static final Rhythm OFTEN = new Rhythm(9, 9, 10);

    @Test
    void aShopWithEnoughRepeatBuyersIsJudgedByItsOwn() {
        ChurnModel model = ChurnModel.fit(CdnowRhythms.summary());
        assertThat(model.origin()).isEqualTo(ChurnModel.Origin.SHOP);
        assertThat(model.pAlive(new Rhythm(2, 30.43, 38.86))).isEqualTo(0.706126, within(5e-5));
        assertThat(model.expectedPurchases(new Rhythm(2, 30.43, 38.86), 39))
                .isEqualTo(1.262671, within(5e-5));
    }

    @Test
    void theOneAfterTheLastThatIsTooFewMakesTheDifference() {
        assertThat(ChurnModel.fit(shop(199, 1_000))).isEqualTo(ChurnModel.PLATFORM);
        assertThat(ChurnModel.fit(shop(200, 1_000)).origin()).isEqualTo(ChurnModel.Origin.SHOP);
    }

    @Test
    void aShopWithoutBuyersHasTheModelOfThePlatform() {
        assertThat(ChurnModel.fit(List.of())).isEqualTo(ChurnModel.PLATFORM);
        assertThat(ChurnModel.fit(List.of(new Rhythm(0, 0, 0)))).isEqualTo(ChurnModel.PLATFORM);
    }

    @Test
    void ofAVeryLargeShopAnEvenSpreadIsEnough() {
        ChurnModel all = ChurnModel.fit(shop(30_000, 60_000));
        ChurnModel some = ChurnModel.fit(shop(300_000, 600_000));
        assertThat(some.pAlive(ONCE)).isEqualTo(all.pAlive(ONCE), within(1e-3));
    }

    @Test
    void aHorizonIsFromNothingToTenYears() {
        assertThat(ChurnModel.PLATFORM.expectedPurchases(OFTEN, 0)).isZero();
        assertThat(ChurnModel.PLATFORM.expectedPurchases(OFTEN, 520)).isPositive();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChurnModel.PLATFORM.expectedPurchases(OFTEN, -1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChurnModel.PLATFORM.expectedPurchases(OFTEN, 521));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChurnModel.PLATFORM.expectedPurchases(OFTEN, Double.NaN));
    }

    @Test
    void parametersThatMeanNothingAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Parameters(0, 1, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Parameters(1, Double.NaN, 1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Parameters(1, 1, 1, Double.POSITIVE_INFINITY));
    }

    private static List<Rhythm> shop(int often, int once) {
        return Stream.concat(
                        Collections.nCopies(often, OFTEN).stream(),
                        Collections.nCopies(once, ONCE).stream())
                .toList();
    }
}
