package io.regulars.platform.templates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaletteTest {
    @Property
    void everyColorGivesLegibleShades(@ForAll @IntRange(min = 0, max = 0xffffff) int color) {
        Palette palette = Palette.of(String.format(Locale.ROOT, "#%06x", color));
        assertThat(contrast(palette.ground(), palette.onGround())).isGreaterThanOrEqualTo(4.5);
        assertThat(contrast(palette.ink(), "#f8f7f4")).isGreaterThanOrEqualTo(4.5);
        assertThat(contrast(palette.inkOnDark(), "#292b2f")).isGreaterThanOrEqualTo(4.5);
    }

    @Test
    void aLegibleColorStaysAsItIs() {
        assertThat(Palette.of("#2E7D32"))
                .isEqualTo(
                        new Palette(
                                "#2e7d32",
                                "#ffffff",
                                "#2e7d32",
                                Palette.of("#2e7d32").inkOnDark()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "red", "#fff", "#12345g", "#123456;x", "#1234567"})
    void whatIsNoColorBecomesANeutralOne(String color) {
        assertThat(Palette.of(color)).isEqualTo(Palette.of(null)).isEqualTo(Palette.of(17));
    }

    private static double contrast(String one, String other) {
        return Palette.contrast(
                Integer.parseInt(one.substring(1), 16), Integer.parseInt(other.substring(1), 16));
    }
}
