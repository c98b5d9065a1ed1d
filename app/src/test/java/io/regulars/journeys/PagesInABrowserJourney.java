package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.testing.Browser;
import io.regulars.testing.Chromium;
import io.regulars.testing.ForPictures;
import io.regulars.testing.Marketing;
import io.regulars.testing.TakesLong;
import io.regulars.testing.Walk;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pages as members see them, in a real browser: from the poster to the card, the till and the
 * way out. Each is looked at by axe, by day and by night. {@code -Dpages.pictures=true} leaves a
 * picture of each step in {@code target/pages}, in both languages.
 */
@TakesLong
@ResourceLock(Chromium.LOCK)
class PagesInABrowserJourney {

    private static Shop shop;
    private static String base;

    @BeforeAll
    static void open() {
        shop =
                ServiceUnderTest.shared()
                        .signUp("Asia/Ho_Chi_Minh", "VN", "USD", Map.of("preset", "green-rewards"));
        base = ServiceUnderTest.shared().base().toString();
    }

    private static String scanned(byte[] png) throws Exception {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        return new QRCodeReader()
                .decode(
                        new BinaryBitmap(
                                new GlobalHistogramBinarizer(
                                        new RGBLuminanceSource(width, height, pixels))),
                        Map.of(DecodeHintType.TRY_HARDER, true))
                .getText();
    }

    @Test
    void fromThePosterToTheCardTheTillAndTheWayOut() throws Exception {
        play(new Walk("en"), "0905777888");
    }

    @Test
    @ForPictures
    void theSameInVietnamese() throws Exception {
        play(new Walk("vi"), "0905777999");
    }

    private void play(Walk walk, String number) throws Exception {
        String email = "phone" + UUID.randomUUID() + "@example.com";
        Page counter = walk.desk();
        counter.navigate(base + "/j/" + shop.tenantId() + "/poster");
        walk.look(counter, "poster");
        String join = scanned(counter.locator(".qr img").screenshot());
        assertThat(join).contains("/j/" + shop.tenantId()).contains("utm_source=poster");

        Page phone = walk.phone();
        join(walk, phone, join, email, number);
        String mail = new Browser(ServiceUnderTest.shared(), walk.language()).mail(email, "/v/");
        phone.navigate(base + Browser.link(mail, "/v/"));
        walk.look(phone, "confirm");
        phone.click("button[type=submit]");
        walk.look(phone, "welcome");
        phone.click("a.button");
        assertThat(phone.locator(".balance").innerText()).startsWith("0 ");

        Page till = walk.phone();
        till.navigate(base + "/till");
        Walk.enter(till, shop);
        till.fill("#query", number);
        till.keyboard().press("Enter");
        till.fill("#amount", "200.00");
        till.click("#preview-button");
        till.waitForSelector("#preview:has-text('+200')");
        till.click("#book");
        till.waitForSelector("#message:has-text('+200')");
        walk.look(till, "till");

        phone.reload();
        assertThat(phone.locator(".balance").innerText()).startsWith("200 ");
        assertThat(phone.locator("progress[aria-labelledby=tier-way]").getAttribute("value"))
                .isEqualTo("40");
        walk.look(phone, "card");

        till.click("#rewards button");
        till.waitForSelector("#vouchers input:checked");
        till.fill("#amount", "30");
        till.click("#book");
        till.waitForSelector("#message:has-text('30')");
        phone.reload();
        assertThat(phone.locator(".balance").innerText()).doesNotStartWith("200 ");
        walk.look(phone, "card-redeemed");

        phone.click("a[href^='/u/']");
        walk.look(phone, "offers");
        phone.click("button[type=submit]");
        walk.look(phone, "unsubscribed");
        for (String other : List.of("/card", "")) {
            phone.navigate(base + (other.isEmpty() ? "/t/" : "/j/") + shop.tenantId() + other);
            walk.look(phone, other.isEmpty() ? "terms" : "lost-card");
        }
        phone.navigate(base + "/c/nobody");
        walk.look(phone, "unknown");
        walk.wasEasy();
    }

    /** Fills the form in by the keyboard alone; the first time it is not complete. */
    private static void join(Walk walk, Page phone, String address, String email, String number) {
        phone.navigate(address);
        walk.look(phone, "join");
        phone.focus("input[name=name]");
        phone.keyboard().press("Enter");
        phone.waitForSelector("[aria-invalid=true]");
        walk.look(phone, "join-incomplete");
        phone.focus("input[name=name]");
        for (String text : List.of("Lan", email, number, "", "", "")) {
            phone.keyboard().insertText(text);
            phone.keyboard().press("Tab");
        }
        for (int box = 0; box < 2; box++) {
            phone.keyboard().press("Space");
            phone.keyboard().press("Tab");
        }
        phone.keyboard().press("Enter");
        phone.waitForSelector(
                "form", new Page.WaitForSelectorOptions().setState(WaitForSelectorState.DETACHED));
        walk.look(phone, "joined");
    }

    @Test
    void aMemberSaysHowLikelyTheyAreToRecommendTheShop() {
        Marketing marketing =
                new Marketing(
                        "America/New_York",
                        "2027-01-10T15:00:00Z",
                        """
                        "earning": [{"key": "spend", "on": "purchase", "points": {"per_amount": 100, "award": 1}}]
                        """);
        marketing.run("nps", "\"schedule\": {\"at\": \"10:00\"}");
        Map<String, String> members = new LinkedHashMap<>();
        for (String language : List.of("en", "vi")) {
            String member = marketing.member(Map.of("locale", language));
            marketing.till().buys(member, 2_500);
            members.put(language, member);
        }
        marketing.till().advance("2027-02-01T12:00:00Z");
        for (String language : members.keySet()) {
            String link = Browser.link(marketing.text(members.get(language)), "/n/");
            Walk walk = new Walk(language);
            Page phone = walk.phone();
            phone.navigate(base + link + "?score=9");
            walk.lookAndReach(phone, "nps");
            phone.focus("input:checked");
            phone.keyboard().press("ArrowRight");
            phone.keyboard().press("Enter");
            phone.waitForSelector("[role=status]:has-text('10')");
            walk.look(phone, "nps-answered");
            walk.wasEasy();
        }
    }

    @ParameterizedTest
    @ForPictures
    @ValueSource(
            strings = {
                "beauty-insider",
                "black-card",
                "coffee-stars",
                "green-rewards",
                "outdoor-pass",
                "perks-club",
                "shoe-vip",
                "stamp-card",
                "two-tier-vip"
            })
    void everyBrandLooksThePart(String preset) {
        Shop brand =
                ServiceUnderTest.shared()
                        .signUp("Asia/Ho_Chi_Minh", "VN", "VND", Map.of("preset", preset));
        for (String language : List.of("vi", "en")) {
            Walk walk = new Walk(language);
            Page phone = walk.phone();
            phone.navigate(base + "/j/" + brand.tenantId());
            walk.look(phone, preset + ".join");
            var member =
                    Shop.enrol(
                            brand.liveCalls(),
                            Map.of(
                                    "name",
                                    "Nguyễn Thị Lan",
                                    "external_id",
                                    language,
                                    "locale",
                                    language));
            brand.live()
                    .body(
                            Map.of(
                                    "source",
                                    "till",
                                    "order_id",
                                    language,
                                    "member",
                                    member.getString("id"),
                                    "amount",
                                    41_000,
                                    "lines",
                                    List.of(
                                            Map.of(
                                                    "category",
                                                    "coffee",
                                                    "quantity",
                                                    3,
                                                    "amount",
                                                    41_000))))
                    .post("/v1/purchases");
            phone.navigate(member.getString("card_url"));
            walk.look(phone, preset + ".card");
            walk.wasEasy();
        }
    }
}
