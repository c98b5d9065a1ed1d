package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.testing.Chromium;
import io.regulars.testing.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The till in a real browser: all that it can look like, and its camera. */
class TillInABrowserJourney {

    private static Chromium chromium;
    private static Shop shop;

    @BeforeAll
    static void open() {
        chromium = new Chromium(ServiceUnderTest.shared().base());
        shop =
                ServiceUnderTest.shared()
                        .signUp("Asia/Ho_Chi_Minh", "VN", "USD", Map.of("preset", "green-rewards"));
        for (String name : List.of("An", "Bình")) {
            var member =
                    Shop.enrol(
                            shop.liveCalls(),
                            Map.of("name", "Trần " + name, "phone", "090512340" + name.length()));
            shop.liveCalls()
                    .post(
                            "/v1/members/" + member.getString("id") + "/adjustments",
                            Map.of("points", 350, "reason", "Opening"),
                            201);
            shop.liveCalls()
                    .post(
                            "/v1/redemptions",
                            Map.of("member", member.getString("id"), "reward", "five_off"),
                            201);
        }
    }

    /**
     * A till on a phone that can read codes, which this browser cannot.
     *
     * @param code what its camera sees; empty for nothing
     */
    private static Page till(String language, String code) {
        Page till = chromium.phone(language);
        till.addInitScript(
                "window.BarcodeDetector = class { static async getSupportedFormats() { return ['qr_code']; }"
                        + " async detect() { return ["
                        + (code.isEmpty() ? "" : "{rawValue: '" + code + "'}")
                        + "]; } };");
        till.navigate(ServiceUnderTest.shared().base() + "/till");
        return till;
    }

    private static void signIn(Page till, String password) {
        till.fill("#email", shop.email());
        till.fill("#password", password);
        till.keyboard().press("Enter");
    }

    @Test
    void whateverItShowsCanBeSeenAndReachedByKeyboard() {
        seenAndReached("vi");
    }

    @Test
    @EnabledIfSystemProperty(named = "pages.pictures", matches = "true")
    void theSameInEnglish() {
        seenAndReached("en");
    }

    private static void seenAndReached(String language) {
        List<String> findings = new ArrayList<>();
        Page till = till(language, "");
        findings.addAll(chromium.look(till, "till-sign-in." + language));
        findings.addAll(Chromium.keyboard(till, "till-sign-in"));
        signIn(till, "not the password");
        till.waitForSelector("#message.warn:visible");
        findings.addAll(chromium.look(till, "till-refused." + language));
        signIn(till, "correct horse battery staple");
        till.waitForSelector("#find:visible");

        till.fill("#query", "nobody@example.com");
        till.keyboard().press("Enter");
        till.waitForSelector("#message.warn:visible");
        findings.addAll(chromium.look(till, "till-nobody." + language));
        till.fill("#query", "Trần");
        till.keyboard().press("Enter");
        till.waitForSelector("#found li:nth-child(2)");
        findings.addAll(chromium.look(till, "till-several." + language));
        findings.addAll(Chromium.keyboard(till, "till-several"));

        till.focus("#found button");
        till.keyboard().press("Enter");
        till.waitForSelector("#vouchers input");
        till.fill("#amount", "12.50");
        till.click("#preview-button");
        till.waitForSelector("#preview:has-text('+12')");
        till.fill("#amount", "0");
        till.keyboard().press("Enter");
        till.waitForSelector("#message.warn:visible");
        findings.addAll(chromium.look(till, "till-member." + language));
        findings.addAll(Chromium.keyboard(till, "till-member"));

        till.click("#scan");
        till.waitForSelector("#camera:visible");
        findings.addAll(chromium.look(till, "till-scanning." + language));
        till.click("#sign-out");
        till.waitForSelector("#sign-in:visible");
        assertThat(till.locator("#member:visible, #camera:visible").count()).isZero();
        assertThat(findings).isEmpty();
        assertThat(chromium.troubles()).isEmpty();
    }

    @Test
    void itReadsACardWithTheCameraAndBooksNothingTwice() {
        var member =
                Shop.enrol(
                        shop.liveCalls(),
                        Map.of("name", "Minh", "external_id", UUID.randomUUID().toString()));
        Page till = till("vi", member.getString("card_number"));
        signIn(till, "correct horse battery staple");
        till.waitForSelector("#scan:visible");
        till.click("#scan");
        till.waitForSelector("#name:has-text('Minh')");
        assertThat(till.locator("#camera").isVisible()).isFalse();
        till.fill("#amount", "50");
        till.route(
                "**/v1/purchases",
                route -> {
                    // It arrives, but the answer gets lost.
                    route.fetch();
                    route.abort();
                });
        till.click("#book");
        till.waitForSelector("#message:has-text('Mất kết nối')");
        till.unroute("**/v1/purchases");
        till.click("#book");
        till.waitForSelector("#message:has-text('Đã ghi nhận')");
        assertThat(
                        shop.live()
                                .get("/v1/members/" + member.getString("id"))
                                .as(Fields.class)
                                .getInt("points.available"))
                .isEqualTo(50);
        assertThat(chromium.troubles()).allMatch(trouble -> trouble.contains("ERR_FAILED"));
        chromium.troubles().clear();
    }
}
