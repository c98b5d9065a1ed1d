package io.regulars.engagement.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Against figures that others have published for CDNOW, and with shops that no model expects. */
class FitTest {

    @Test
    void bgNbdOnCdnowIsThePublishedOne() {
        Fit fit = fit(Variant.BG_NBD, CdnowRhythms.summary());
        assertAre(fit, 0.243, 4.414, 0.793, 2.426, within(5e-4));
        assertAre(fit, 0.2425929, 4.4135319, 0.7928861, 2.4257537, within(5e-5));
        assertThat(fit.logLikelihood()).isEqualTo(-9582.42556, within(5e-5));
    }

    @Test
    void bgNbdOnTheExactDaysIsThatOfClvTools() {
        List<Rhythm> exact =
                CdnowRhythms.sample().values().stream().map(CdnowRhythms::atHalf).toList();
        Fit fit = fit(Variant.BG_NBD, exact);
        assertAre(fit, 0.2425945, 4.4136019, 0.7929199, 2.4258881, within(5e-5));
        assertThat(fit.logLikelihood()).isEqualTo(-9582.429, within(5e-4));
    }

    @Test
    void mbgNbdOnCdnowIsTheReference() {
        Fit fit = fit(Variant.MBG_NBD, CdnowRhythms.summary());
        assertAre(fit, 0.524838, 6.182992, 0.891356, 1.613999, within(5e-5));
        assertThat(fit.logLikelihood()).isEqualTo(-9582.1327, within(5e-5));
    }

    @ParameterizedTest
    @EnumSource
    void everyStartEndsOnTheSameTop(Variant variant) {
        Likelihood likelihood = new Likelihood(variant, CdnowRhythms.summary());
        Fit best = Fit.of(likelihood).orElseThrow();
        assertThat(Fit.STARTS)
                .allSatisfy(start ->
                        assertThat(Fit.of(likelihood, start).orElseThrow().logLikelihood())
                                .isEqualTo(best.logLikelihood(), within(1e-5)));
    }

    @Test
    void daysGiveTheSameShopAsWeeks() {
        List<Rhythm> weeks = CdnowRhythms.summary();
        List<Rhythm> days =
                weeks.stream()
                        .map(one -> new Rhythm(one.repeats(), 7 * one.lastRepeat(), 7 * one.age()))
                        .toList();
        Parameters byWeek = fit(Variant.MBG_NBD, weeks).parameters();
        Fit byDay = fit(Variant.MBG_NBD, days);
        assertAre(byDay, byWeek.r(), 7 * byWeek.alpha(), byWeek.a(), byWeek.b(), within(1e-3));
    }

    static Stream<List<Rhythm>> strangeShops() {
        Rhythm newcomer = new Rhythm(0, 0, 0);
        Rhythm regular = new Rhythm(51, 51, 52);
        return Stream.of(
                List.of(),
                List.of(newcomer),
                List.of(new Rhythm(0, 0, 30)),
                List.of(new Rhythm(1, 0, 0)),
                List.of(regular),
                Collections.nCopies(500, newcomer),
                Collections.nCopies(500, new Rhythm(0, 0, 5_000)),
                Collections.nCopies(500, regular),
                Collections.nCopies(500, new Rhythm(3_000, 1, 5_000)),
                Collections.nCopies(500, new Rhythm(1, 0, 0)),
                Collections.nCopies(500, new Rhythm(1, 1e-9, 1e-9)),
                Stream.concat(
                                Collections.nCopies(500, regular).stream(),
                                Collections.nCopies(500, newcomer).stream())
                        .toList(),
                IntStream.range(0, 500).mapToObj(i -> new Rhythm(i, i, 500)).toList());
    }

    @ParameterizedTest
    @MethodSource("strangeShops")
    void aStrangeShopGetsFiniteParametersAndUsableJudgments(List<Rhythm> shop) {
        for (Variant variant : Variant.values()) {
            Fit fit = fit(variant, shop);
            assertThat(fit.logLikelihood()).isFinite();
            BuyTillYouDie model = new BuyTillYouDie(variant, fit.parameters());
            for (Rhythm one : List.of(new Rhythm(0, 0, 0), new Rhythm(51, 51, 52))) {
                assertThat(model.pAlive(one)).isBetween(0.0, 1.0);
                assertThat(model.expectedPurchases(one, 52)).isFinite().isNotNegative();
            }
        }
    }

    @Test
    void buyersWithOneRhythmCountAsManyAsTheyAre() {
        Rhythm one = new Rhythm(2, 30.43, 38.86);
        Rhythm other = new Rhythm(0, 0, 38.86);
        Parameters p = new Parameters(0.5, 6, 0.9, 1.6);
        double apart =
                2 * new Likelihood(Variant.MBG_NBD, List.of(one)).at(p)
                        + new Likelihood(Variant.MBG_NBD, List.of(other)).at(p);
        assertThat(new Likelihood(Variant.MBG_NBD, List.of(one, other, one)).at(p))
                .isEqualTo(apart, within(1e-12));
    }

    private static Fit fit(Variant variant, List<Rhythm> rhythms) {
        return Fit.of(new Likelihood(variant, rhythms)).orElseThrow();
    }

    private static void assertAre(
            Fit fit, double r, double alpha, double a, double b, Offset<Double> offset) {
        assertThat(fit.parameters().r()).as("r").isEqualTo(r, offset);
        assertThat(fit.parameters().alpha()).as("alpha").isEqualTo(alpha, offset);
        assertThat(fit.parameters().a()).as("a").isEqualTo(a, offset);
        assertThat(fit.parameters().b()).as("b").isEqualTo(b, offset);
    }
}
