package io.regulars.loyalty.members;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameKeyTest {

    @ParameterizedTest
    @CsvSource({
        "Nguyễn Thị Hoa, nguyen thi hoa",
        "ĐẶNG THUỲ TRÂM, dang thuy tram",
        "Đỗ Ước Ngưỡng, do uoc nguong",
        // Capitals of other languages that look like Đ and are taken for it
        "Ðỗ Ɖỗ, do do",
        "Łukasz Żółć, lukasz zolc",
        "Işık İNCİ ISIK, isik inci isik",
        "Weiß WEIẞ Müller, weiss weiss muller",
        "Søren Ærø Œuvre, soren aero oeuvre",
        "Þór Ħal Ŧor Ŋuyen Ƶorro, thor hal tor nuyen zorro",
        "Αλέξης ΠΑΠΆΣ Ϊων, αλεξησ παπασ ιων",
        "Артём Ёлкин, артем елкин",
        "ﬁ Ａｎｎａ ℌ ǅ, fi anna h dz"
    })
    void marksCapitalsAndLettersThatAKeyboardLacksMakeNoDifference(String name, String key) {
        assertThat(NameKey.of(name)).contains(key);
    }

    @Test
    void aComposedNameAndADecomposedOneAreOne() {
        String name = "Nguyễn Thị Hoà";
        assertThat(NameKey.of(Normalizer.normalize(name, Normalizer.Form.NFD)))
                .isEqualTo(NameKey.of(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"  Lan \t Anh\u00a0", "Lan\u3000Anh", "LAN\u200b Anh\u200f", "lan\nanh"})
    void spacesAreOneSpaceAndWhatIsNotSeenIsNothing(String name) {
        assertThat(NameKey.of(name)).contains("lan anh");
    }

    @ParameterizedTest
    @ValueSource(strings = {"O'Brien-Lê", "O’Brien‑Le", "o´brien–le", "OʼBrien−Lé", "O‘Brien—LÊ"})
    void apostrophesAndHyphensAreAsTheyAreTyped(String name) {
        assertThat(NameKey.of(name)).contains("o'brien-le");
    }

    @ParameterizedTest
    @CsvSource({"مُحَمَّد, محمد", "أحمد, احمد", "محـمد, محمد", "שָׂרָה, שרה"})
    void vowelsThatAreSeldomWrittenAreLeftOut(String name, String key) {
        assertThat(NameKey.of(name)).contains(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ก้อง", "น้ำผึ้ง", "हिन्दी", "がんだ", "김민수", "山田", "ქეთევან"})
    void marksThatAreLettersOfTheirScriptStay(String name) {
        String key = NameKey.of(name).orElseThrow();
        assertThat(Normalizer.normalize(key, Normalizer.Form.NFKC))
                .isEqualTo(Normalizer.normalize(name, Normalizer.Form.NFKC));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\u0301", "\u200b\u200f", "\u3000"})
    void whatHasNoLetterHasNoKey(String name) {
        assertThat(NameKey.of(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Nguyễn  Thị Hoà", "ΟΔΥΣΣΕΥΣ", "Weiß", "İnci", "น้ำผึ้ง", "김민수"})
    void theBeginningOfANameIsTheBeginningOfItsKey(String name) {
        String key = NameKey.of(name).orElseThrow();
        for (int i = 1; i <= name.length(); i++) {
            assertThat(key).startsWith(NameKey.of(name.substring(0, i)).orElseThrow());
        }
    }

    @Test
    void aKeyNeverGrowsBeyondWhatAnIndexHolds() {
        for (String letter : new String[] {"ﷺ", "𝔄", "x"}) {
            String key = NameKey.of(letter.repeat(255)).orElseThrow();
            assertThat(key.length()).isLessThanOrEqualTo(255);
            assertThat(Character.isHighSurrogate(key.charAt(key.length() - 1))).isFalse();
        }
        String longest = "a" + "😀".repeat(127);
        assertThat(NameKey.of(longest + "😀")).contains(longest);
    }

    @Test
    void aKeyOfAKeyIsTheKey() {
        IntStream.rangeClosed(1, Character.MAX_CODE_POINT)
                .filter(Character::isDefined)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .mapToObj(c -> "a" + Character.toString(c) + "b")
                .forEach(name -> {
                    String key = NameKey.of(name).orElseThrow();
                    assertThat(NameKey.of(key)).contains(key);
                    assertThat(NameKey.of(key.toUpperCase(Locale.ROOT))).contains(key);
                });
    }
}
