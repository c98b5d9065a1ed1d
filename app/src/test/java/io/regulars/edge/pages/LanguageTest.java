package io.regulars.edge.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LanguageTest {

    @Test
    void whatIsKnownOfTheReaderCountsMoreThanTheBrowser() {
        assertThat(Language.of("en", "vi-VN", "en")).isEqualTo(Language.VI);
        assertThat(Language.of("en", null, "vi")).isEqualTo(Language.VI);
        assertThat(Language.of("vi", "fr", "de")).isEqualTo(Language.VI);
        assertThat(Language.of("vi", "VI_vn?")).isEqualTo(Language.VI);
    }

    @Test
    void theBrowsersFirstWishThatWeSpeakCounts() {
        assertAsked("vi", Language.VI);
        assertAsked("de-AT, vi-VN;q=0.5, en;q=0.4", Language.VI);
        assertAsked("vi;q=0.1, en;q=0.4", Language.EN);
        assertAsked("vi;q=0", Language.EN);
    }

    @Test
    void whatCannotBeReadIsEnglish() {
        for (@Nullable String header :
                new String[] {null, "", " ", "*", "de", ";;;", "vi;q=x", "\u0000"}) {
            assertAsked(header, Language.EN);
        }
    }

    private static void assertAsked(@Nullable String header, Language language) {
        assertThat(Language.asked(header)).as(header).isEqualTo(language);
    }
}
