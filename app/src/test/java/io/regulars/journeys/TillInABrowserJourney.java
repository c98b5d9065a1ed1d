package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.testing.Chromium;
import io.regulars.testing.Fields;
import io.regulars.testing.ForPictures;
import io.regulars.testing.Walk;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The till in a real browser: all that it can look like, and its camera. */
@ResourceLock(Chromium.LOCK)
class TillInABrowserJourney {

    private static Shop shop;

    @BeforeAll
    static void open() {
        // The owner has another shop, and had it first.
        String owner = ServiceUnderTest.shared().signUp().email();
        shop =
                ServiceUnderTest.shared()
                        .signUp(
                                "Asia/Ho_Chi_Minh",
                                "VN",
                                "USD",
                                Map.of("preset", "green-rewards", "email", owner));
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
    private static Page till(Walk walk, String code) {
        Page till = walk.phone();
        till.addInitScript(
                "window.BarcodeDetector = class { static async getSupportedFormats() { return ['qr_code']; }"
                        + " async detect() { return ["
                        + (code.isEmpty() ? "" : "{rawValue: '" + code + "'}")
                        + "]; } };");
        till.navigate(ServiceUnderTest.shared().base() + "/till");
        return till;
    }

    @Test
    void whateverItShowsCanBeSeenAndReachedByKeyboard() {
        seenAndReached(new Walk("vi"));
    }

    @Test
    @ForPictures
    void theSameInEnglish() {
        seenAndReached(new Walk("en"));
    }

    private static void seenAndReached(Walk walk) {
        Page till = till(walk, "");
        walk.lookAndReach(till, "till-sign-in");
        Walk.signIn(till, shop, "not the password");
        till.waitForSelector("#message.warn:visible");
        walk.look(till, "till-refused");
        Walk.signIn(till, shop, ServiceUnderTest.PASSWORD);
        till.waitForSelector("#shops:visible");
        walk.lookAndReach(till, "till-shops");
        Walk.choose(till, shop);

        till.fill("#query", "nobody@example.com");
        till.keyboard().press("Enter");
        till.waitForSelector("#message.warn:visible");
        walk.look(till, "till-nobody");
        till.fill("#query", "Trần");
        till.keyboard().press("Enter");
        till.waitForSelector("#found li:nth-child(2)");
        walk.lookAndReach(till, "till-several");

        till.focus("#found button");
        till.keyboard().press("Enter");
        till.waitForSelector("#vouchers input");
        till.fill("#amount", "12.50");
        till.click("#preview-button");
        till.waitForSelector("#preview:has-text('+12')");
        till.fill("#amount", "0");
        till.keyboard().press("Enter");
        till.waitForSelector("#message.warn:visible");
        walk.lookAndReach(till, "till-member");

        till.click("#scan");
        till.waitForSelector("#camera:visible");
        walk.look(till, "till-scanning");
        till.click("#sign-out");
        till.waitForSelector("#sign-in:visible");
        assertThat(till.locator("#member:visible, #camera:visible").count()).isZero();
        walk.wasEasy();
    }

    @Test
    void aGiftAloneIsBookedAndMoneyOfThreeDigitsIsRead() {
        Shop dinars = ServiceUnderTest.shared().signUp("Asia/Kuwait", "KW", "KWD");
        Shop.publish(
                dinars.liveCalls(),
                Shop.program(
                        "KWD",
                        1_000,
                        Map.of(
                                "rewards",
                                List.of(
                                        Map.of(
                                                "key", "latte",
                                                "name", "Latte",
                                                "kind", "free_product",
                                                "sku", "LATTE",
                                                "cost_points", 10)))));
        String member =
                Shop.enrol(dinars.liveCalls(), Map.of("name", "Nūra", "external_id", "n"))
                        .getString("id");
        dinars.liveCalls()
                .post(
                        "/v1/members/" + member + "/adjustments",
                        Map.of("points", 10, "reason", "Opening"),
                        201);
        dinars.liveCalls()
                .post("/v1/redemptions", Map.of("member", member, "reward", "latte"), 201);
        Page till = till(new Walk("en"), "");
        Walk.enter(till, dinars);
        till.fill("#query", "nura");
        till.keyboard().press("Enter");
        till.waitForSelector("#vouchers input");
        till.fill("#amount", "0");
        till.click("#book");
        till.waitForSelector("#message.warn:visible");
        till.check("#vouchers input");
        till.click("#book");
        till.waitForSelector("#message.good:visible");
        assertThat(till.locator("#vouchers input").count()).isZero();
        till.fill("#amount", "2.500");
        till.click("#preview-button");
        till.waitForSelector("#preview:has-text('2.500')");
        assertThat(till.textContent("#preview")).contains("+2 ");
    }

    @Test
    void itReadsACardWithTheCameraAndBooksNothingTwice() {
        var member =
                Shop.enrol(
                        shop.liveCalls(),
                        Map.of("name", "Minh", "external_id", UUID.randomUUID().toString()));
        Walk walk = new Walk("vi");
        Page till = till(walk, member.getString("card_number"));
        Walk.enter(till, shop);
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
        assertThat(walk.troubles()).allMatch(trouble -> trouble.contains("ERR_FAILED"));
    }
}
