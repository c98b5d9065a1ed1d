package io.regulars.engagement.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.assertj.core.data.Offset;
import org.hipparchus.analysis.UnivariateFunction;
import org.hipparchus.analysis.integration.IterativeLegendreGaussIntegrator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuyTillYouDieTest {

    private static final Offset<Double> FOUR_DIGITS = within(5e-5);

    private static final BuyTillYouDie BG =
            new BuyTillYouDie(
                    Variant.BG_NBD, new Parameters(0.2425929, 4.4135319, 0.7928861, 2.4257537));
    private static final BuyTillYouDie MBG =
            new BuyTillYouDie(
                    Variant.MBG_NBD, new Parameters(0.524838, 6.182992, 0.891356, 1.613999));

    /** As BTYD's walkthrough prints it after three runs. */
    private static final BuyTillYouDie BTYD =
            new BuyTillYouDie(
                    Variant.BG_NBD, new Parameters(0.2425967, 4.413659, 0.7929869, 2.426164));

    @ParameterizedTest(name = "{0} repeats, the last after {1} of {2} weeks")
    @CsvSource({
        " 0,  0.00, 38.86, 1.000000, 0.389716,  0.194781,  0.153954",
        " 1,  1.71, 38.86, 0.212227, 0.170820,  0.203251,  0.188789",
        " 2, 30.43, 38.86, 0.726609, 0.706126,  1.225910,  1.262671",
        " 7, 29.43, 38.86, 0.641801, 0.622639,  3.337239,  3.166805",
        "26, 30.86, 31.00, 0.968920, 0.965553, 20.750569, 19.448036",
        "20, 30.00, 39.00, 0.196847, 0.202481,  2.782521,  2.729437"
    })
    void theReferenceTableIsMet(
            int repeats,
            double lastRepeat,
            double age,
            double bgAlive,
            double mbgAlive,
            double bgExpected,
            double mbgExpected) {
        Rhythm rhythm = new Rhythm(repeats, lastRepeat, age);
        assertThat(BG.pAlive(rhythm)).isEqualTo(bgAlive, FOUR_DIGITS);
        assertThat(MBG.pAlive(rhythm)).isEqualTo(mbgAlive, FOUR_DIGITS);
        assertThat(BG.expectedPurchases(rhythm, 39)).isEqualTo(bgExpected, FOUR_DIGITS);
        assertThat(MBG.expectedPurchases(rhythm, 39)).isEqualTo(mbgExpected, FOUR_DIGITS);
    }

    /** BTYD's walkthrough, section 4.3. The first number says how much a rare buyer is worth. */
    @ParameterizedTest
    @CsvSource({
        " 0,  0.00000,  0, 1.444004",
        "26, 30.85714, 31, 25.75659",
        "10, 20.00000, 39, 0.3474606",
        "15, 20.00000, 39, 0.04283391",
        "20, 20.00000, 39, 0.004158973",
        "25, 20.00000, 39, 0.0003583685"
    })
    void theExpectationsThatBtydPrintsAreMet(
            int repeats, double lastRepeat, double age, double expected) {
        assertThat(BTYD.expectedPurchases(new Rhythm(repeats, lastRepeat, age), 52))
                .isEqualTo(expected, within(1e-6 * Math.max(1, expected)));
    }

    @Test
    void morePurchasesBeforeTheSameSilenceMakeItLessLikelyThatTheBuyerIsThere() {
        assertThat(MBG.pAlive(new Rhythm(5, 30, 39))).isEqualTo(0.685024, FOUR_DIGITS);
        assertThat(BG.pAlive(new Rhythm(5, 30, 39))).isEqualTo(0.705665, FOUR_DIGITS);
        BuyTillYouDie rounded =
                new BuyTillYouDie(Variant.BG_NBD, new Parameters(0.243, 4.414, 0.793, 2.426));
        assertThat(rounded.pAlive(new Rhythm(23, 39, 39))).isEqualTo(0.968555, FOUR_DIGITS);
        assertThat(rounded.pAlive(new Rhythm(10, 30, 39))).isEqualTo(0.571552, FOUR_DIGITS);
    }

    @Test
    void whoBoughtOnceLivesForEverInTheOneModelAndNotInTheOther() {
        Rhythm onceTenYearsAgo = new Rhythm(0, 0, 520);
        assertThat(BG.pAlive(onceTenYearsAgo)).isEqualTo(1);
        assertThat(MBG.pAlive(onceTenYearsAgo)).isLessThan(0.2);
    }

    /** The same expectation as an integral over the chance of leaving, with no series in it. */
    @ParameterizedTest
    @CsvSource({
        "0.52, 6.2, 1.0, 1.6, 2, 30, 39, 39",
        "0.52, 6.2, 1.5, 1.6, 0, 0, 39, 100",
        "2.50, 3.0, 3.0, 9.0, 40, 50, 52, 26",
        "0.10, 0.5, 2.0, 0.7, 1, 0.1, 0.2, 500"
    })
    void theSumIsTheIntegral(
            double r, double alpha, double a, double b, int x, double last, double age, double t) {
        BuyTillYouDie model = new BuyTillYouDie(Variant.MBG_NBD, new Parameters(r, alpha, a, b));
        Rhythm rhythm = new Rhythm(x, last, age);
        double stayed = b + x + 1;
        // p = q^4 smooths the end at zero, where a short of 1 would have a pole.
        double mass = integral(q -> 4 * Math.pow(q, 4 * a - 1) * beyond(q, stayed));
        double wished =
                integral(q ->
                        4
                                * Math.pow(q, 4 * a - 1)
                                * beyond(q, stayed)
                                * -Math.expm1(
                                        -(r + x) * Math.log1p(Math.pow(q, 4) * t / (alpha + age)))
                                / Math.pow(q, 4));
        assertThat(model.expectedPurchases(rhythm, t))
                .isEqualTo(model.pAlive(rhythm) * wished / mass, within(1e-6));
    }

    @Property
    void pAliveIsAProbability(
            @ForAll @Scale(6) @DoubleRange(min = 1e-4, max = 1e4) double r,
            @ForAll @Scale(6) @DoubleRange(min = 1e-4, max = 1e4) double alpha,
            @ForAll @Scale(6) @DoubleRange(min = 1e-4, max = 1e4) double a,
            @ForAll @Scale(6) @DoubleRange(min = 1e-4, max = 1e4) double b,
            @ForAll @IntRange(max = 5_000) int repeats,
            @ForAll @Scale(6) @DoubleRange(min = 0, max = 5_000) double age) {
        Rhythm rhythm = new Rhythm(repeats, repeats == 0 ? 0 : age / 2, age);
        for (Variant variant : Variant.values()) {
            BuyTillYouDie model = new BuyTillYouDie(variant, new Parameters(r, alpha, a, b));
            assertThat(model.pAlive(rhythm)).isBetween(0.0, 1.0);
        }
    }

    @Property
    void itFallsWithEveryWeekOfSilence(
            @ForAll @Scale(6) @DoubleRange(min = 0.05, max = 5) double r,
            @ForAll @Scale(6) @DoubleRange(min = 0.5, max = 50) double alpha,
            @ForAll @IntRange(max = 60) int repeats,
            @ForAll @Scale(6) @DoubleRange(min = 0, max = 300) double silence,
            @ForAll @Scale(6) @DoubleRange(min = 1, max = 50) double more) {
        BuyTillYouDie model =
                new BuyTillYouDie(Variant.MBG_NBD, new Parameters(r, alpha, 0.9, 1.6));
        double last = repeats == 0 ? 0 : 40;
        double sooner = model.pAlive(new Rhythm(repeats, last, last + silence));
        double later = model.pAlive(new Rhythm(repeats, last, last + silence + more));
        assertThat(later).isLessThan(sooner);
    }

    @Property
    void theUnitOfTimeDoesNotMatter(
            @ForAll @Scale(6) @DoubleRange(min = 1e-3, max = 1e3) double unit,
            @ForAll @IntRange(max = 60) int repeats,
            @ForAll @Scale(6) @DoubleRange(min = 1, max = 100) double age) {
        double last = repeats == 0 ? 0 : age * 0.7;
        Parameters p = MBG.parameters();
        BuyTillYouDie scaled =
                new BuyTillYouDie(
                        Variant.MBG_NBD, new Parameters(p.r(), unit * p.alpha(), p.a(), p.b()));
        Rhythm rhythm = new Rhythm(repeats, last, age);
        Rhythm inUnits = new Rhythm(repeats, unit * last, unit * age);
        assertThat(scaled.pAlive(inUnits)).isEqualTo(MBG.pAlive(rhythm), within(1e-9));
        assertThat(scaled.expectedPurchases(inUnits, unit * 13))
                .isEqualTo(MBG.expectedPurchases(rhythm, 13), within(1e-9 * (1 + repeats)));
    }

    @Property(tries = 300)
    void theExpectationIsFiniteAndGrowsWithTheHorizon(
            @ForAll @Scale(6) @DoubleRange(min = 1e-3, max = 1e3) double r,
            @ForAll @Scale(6) @DoubleRange(min = 1e-1, max = 1e3) double alpha,
            @ForAll @Scale(6) @DoubleRange(min = 1e-4, max = 1e3) double a,
            @ForAll @IntRange(max = 3_000) int repeats,
            @ForAll @Scale(6) @DoubleRange(min = 0, max = 520) double weeks) {
        BuyTillYouDie model = new BuyTillYouDie(Variant.MBG_NBD, new Parameters(r, alpha, a, 2));
        Rhythm rhythm = new Rhythm(repeats, repeats == 0 ? 0 : 52, 53);
        double expected = model.expectedPurchases(rhythm, weeks);
        assertThat(expected).isFinite().isNotNegative();
        assertThat(model.expectedPurchases(rhythm, weeks / 2))
                .isLessThanOrEqualTo(expected * (1 + 1e-9));
        assertThat(expected).isLessThanOrEqualTo((r + repeats) / (alpha + 53) * weeks * (1 + 1e-9));
    }

    @Test
    void whereTheClosedFormIsNothingDividedByNothingTheSumIsSmooth() {
        Rhythm rhythm = new Rhythm(2, 30.43, 38.86);
        List<Double> around =
                List.of(1 - 1e-9, 1.0, 1 + 1e-9).stream()
                        .map(a ->
                                new BuyTillYouDie(Variant.MBG_NBD, new Parameters(0.5, 6, a, 1.6))
                                        .expectedPurchases(rhythm, 39))
                        .toList();
        assertThat(around)
                .allSatisfy(one -> assertThat(one).isEqualTo(around.get(1), within(1e-8)));
        assertThat(around.get(0)).isGreaterThan(around.get(2));
    }

    private static double beyond(double q, double stayed) {
        return Math.pow(1 - Math.pow(q, 4), stayed - 1);
    }

    private static double integral(UnivariateFunction of) {
        return new IterativeLegendreGaussIntegrator(20, 1e-11, 1e-14)
                .integrate(1_000_000, of, 0, 1);
    }
}
