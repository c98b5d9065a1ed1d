package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.testing.Browser;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each brand's join page, poster and card look the part. */
class PresetFacesJourney {

    private static final Browser PHONE = new Browser(ServiceUnderTest.shared(), "en");

    @ParameterizedTest
    @CsvSource({
        "beauty-insider, #8a1c4a, More beautiful every day",
        "black-card, #000000, The first one is on us",
        "coffee-stars, #00623b, A star in every cup",
        "green-rewards, #2e7d32, Growing together",
        "outdoor-pass, #9a3412, Every trail counts",
        "perks-club, #b3261e, Join and be treated",
        "shoe-vip, #111827, Every step counts",
        "stamp-card, #6d4c41, Ten and one is on us",
        "two-tier-vip, #1b2a49, The house knows you"
    })
    void everyPresetHasAFace(String preset, String color, String tagline) {
        Shop shop =
                ServiceUnderTest.shared()
                        .signUp("Europe/London", "GB", "USD", Map.of("preset", preset));
        String join = PHONE.get("/j/" + shop.tenantId()).asString();
        assertThat(join).contains("--brand:" + color, tagline, "<li><bdi>");
        assertThat(join.length()).isLessThan(50_000);
        assertThat(PHONE.get("/j/" + shop.tenantId() + "/poster").asString())
                .contains("--brand:" + color, tagline);
        String card =
                Shop.enrol(shop.liveCalls(), Map.of("external_id", "m1", "locale", "en"))
                        .getString("card_url")
                        .replaceFirst("^https?://[^/]+", "");
        assertThat(PHONE.get(card).asString()).contains("--brand:" + color);
    }
}
