package io.regulars.loyalty.presets;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.loyalty.program.LocalText;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Reward;
import io.regulars.loyalty.program.TierScheme;
import io.regulars.platform.http.JsonSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PresetsTest {

    private static final Path CONFIG = Path.of(System.getProperty("root.dir"), "tenants-config");
    private static final Path SCHEMA = CONFIG.resolve("program.schema.json");

    private final Presets presets = new Presets();

    @Test
    void everyPresetHasAFileAndEveryFileIsAPreset() throws IOException {
        try (Stream<Path> files = Files.list(CONFIG.resolve("presets"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            presets.all().stream().map(preset -> preset.key() + ".yml").toList());
        }
        assertThat(presets.all()).hasSize(9);
    }

    @Test
    void everyPresetSpeaksBothLanguages() {
        assertThat(presets.all())
                .allSatisfy(preset -> {
                    assertThat(preset.name().byLanguage()).containsOnlyKeys("vi", "en");
                    assertThat(preset.description().byLanguage()).containsOnlyKeys("vi", "en");
                    assertThat(preset.goodFor().byLanguage()).containsOnlyKeys("vi", "en");
                    Program program = program(preset.key());
                    assertThat(program.name().byLanguage()).containsOnlyKeys("vi", "en");
                    assertThat(program.rewards())
                            .extracting(Reward::name)
                            .extracting(LocalText::byLanguage)
                            .allSatisfy(texts -> assertThat(texts).containsOnlyKeys("vi", "en"));
                });
    }

    @Test
    void anEditorFindsTheSchemaOfEveryPreset() throws IOException {
        for (Preset preset : presets.all()) {
            assertThat(Files.readString(CONFIG.resolve("presets/" + preset.key() + ".yml")))
                    .startsWith("# yaml-language-server: $schema=../program.schema.json\n");
        }
    }

    /** {@code -Dregen=true} writes it anew. */
    @Test
    void theSchemaIsInStepWithTheRecords() throws IOException {
        String schema = JsonSchemas.of(Program.class, "A loyalty program of Regulars");
        if (Boolean.getBoolean("regen")) {
            Files.writeString(SCHEMA, schema);
        }
        assertThat(Files.readString(SCHEMA)).isEqualTo(schema);
    }

    @Test
    void theNumbersAreThoseOfTheBrands() {
        for (String key : List.of("beauty-insider", "black-card")) {
            assertThat(program(key).earning().getFirst().points().perAmount()).isEqualTo(100);
            assertThat(program(key).earning().getFirst().points().award()).isEqualTo(1);
        }
        assertThat(program("black-card").currency()).isEqualTo("GBP");
        assertThat(thresholds("beauty-insider")).containsExactly(0L, 35_000L, 100_000L);
        assertThat(program("coffee-stars").rewards())
                .extracting(Reward::costPoints)
                .containsExactly(25L, 50L, 100L, 200L, 400L);
        assertThat(program("perks-club").tierScheme()).isEmpty();
        assertThat(program("perks-club").reward("free_delivery").orElseThrow().validDays())
                .isEqualTo(365);
        assertThat(thresholds("two-tier-vip")).containsExactly(0L, 60_000L);
        assertThat(program("two-tier-vip").currency()).isEqualTo("EUR");
        Program green = program("green-rewards");
        assertThat(green.referral())
                .isNotNull()
                .extracting(Program.Referral::referrerPoints)
                .isEqualTo(500L);
        assertThat(green.welcome())
                .isNotNull()
                .extracting(Program.Welcome::reward)
                .isEqualTo("welcome15");
        assertThat(green.reward("welcome15").orElseThrow().percent()).isEqualTo(15);
        assertThat(green.reward("free_plant").orElseThrow().minOtherItems()).isEqualTo(1);
        assertThat(program("outdoor-pass").rewards())
                .filteredOn(reward -> reward.stock() != null)
                .isNotEmpty();
        assertThat(program("stamp-card").stampCards().getFirst().buys()).isEqualTo(10);
    }

    @Test
    void amountsOfMoneyAreConvertedByRoundUnitsAndNothingElse() {
        Program dong = presets.in("beauty-insider", "VND").orElseThrow();
        assertThat(dong.currency()).isEqualTo("VND");
        assertThat(dong.earning().getFirst().points().perAmount()).isEqualTo(25_000);
        assertThat(dong.tierScheme().orElseThrow().levels())
                .extracting(TierScheme.Level::threshold)
                .containsExactly(0L, 8_750_000L, 25_000_000L);
        Reward credit = dong.reward("ten_credit").orElseThrow();
        assertThat(credit.amount()).isEqualTo(250_000);
        assertThat(credit.minBasket()).isEqualTo(500_000);
        assertThat(credit.costPoints()).isEqualTo(500);
        assertThat(presets.in("stamp-card", "USD").orElseThrow().rewards().getFirst().value())
                .isEqualTo(180);
        // Three decimals, and not listed: one unit for one unit.
        assertThat(
                        presets.in("two-tier-vip", "KWD")
                                .orElseThrow()
                                .tierScheme()
                                .orElseThrow()
                                .levels()
                                .getLast()
                                .threshold())
                .isEqualTo(600_000);
    }

    @Test
    void whatTheTextsSayOfMoneyIsSaidInTheShopsOwn() {
        Locale vietnamese = Locale.of("vi");
        Program dong = presets.in("beauty-insider", "VND").orElseThrow();
        assertThat(dong.reward("ten_credit").orElseThrow().name().in(vietnamese))
                .isEqualTo("Giảm 250.000\u00a0₫");
        assertThat(dong.benefits().getFirst().in(Locale.ENGLISH))
                .isEqualTo("1 point for every ₫25,000");
        assertThat(program("beauty-insider").reward("ten_credit").orElseThrow().name().in(Locale.ENGLISH))
                .isEqualTo("$10 credit");
        for (Preset preset : presets.all()) {
            assertThat(presets.in(preset.key(), "VND").orElseThrow().toString())
                    .as(preset.key())
                    .doesNotContain("đô la", "dollar", "euro", "$", "€", "£");
        }
    }

    @Test
    void inItsOwnCurrencyAPresetIsAsItIsWritten() {
        assertThat(presets.in("green-rewards", "USD")).contains(program("green-rewards"));
        assertThat(presets.in("unheard-of", "USD")).isEmpty();
    }

    private Program program(String key) {
        String currency =
                presets.all().stream()
                        .filter(preset -> preset.key().equals(key))
                        .findFirst()
                        .orElseThrow()
                        .currency();
        return presets.in(key, currency).orElseThrow();
    }

    private List<Long> thresholds(String key) {
        return program(key).tierScheme().orElseThrow().levels().stream()
                .map(TierScheme.Level::threshold)
                .toList();
    }
}
