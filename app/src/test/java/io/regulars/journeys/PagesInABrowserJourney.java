package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.edge.HostileStrings;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The pages as people see them, in a real browser: from the poster to the card, the till and the
 * way out. Needs a Chromium on the machine; pictures of each step are left in {@code target/pages}.
 */
class PagesInABrowserJourney {

    private static final Path PICTURES = Path.of("target", "pages");
    private static final String PASSWORD = "correct horse battery staple";

    private static Playwright playwright;
    private static Browser chromium;
    private static Shop shop;
    private static String base;

    private final List<String> troubles = new ArrayList<>();

    @BeforeAll
    static void open() throws Exception {
        Path executable =
                Stream.of(
                                "/usr/bin/chromium",
                                "/usr/bin/chromium-browser",
                                "/usr/bin/google-chrome")
                        .map(Path::of)
                        .filter(Files::isExecutable)
                        .findFirst()
                        .orElse(null);
        Assumptions.assumeTrue(
                executable != null, "no Chromium on this machine: no pages looked at");
        Files.createDirectories(PICTURES);
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(executable)
                                        .setArgs(List.of("--no-sandbox")));
        shop =
                ServiceUnderTest.shared()
                        .signUp("Asia/Ho_Chi_Minh", "VN", "USD", Map.of("preset", "green-rewards"));
        base = ServiceUnderTest.shared().base().toString();
    }

    @AfterAll
    static void close() {
        if (playwright != null) {
            playwright.close();
        }
    }

    /** A page on which every complaint of the browser and every foreign request is noted. */
    private Page page(String language, boolean phone, ColorScheme scheme) {
        BrowserContext context =
                chromium.newContext(
                        new Browser.NewContextOptions()
                                .setLocale(language)
                                .setColorScheme(scheme)
                                .setViewportSize(phone ? 390 : 1_100, phone ? 844 : 800));
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().contains("status of 4")) {
                troubles.add(message.text());
            }
        });
        page.onDialog(dialog -> {
            troubles.add("a dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.onPageError(error -> troubles.add("a script error: " + error));
        page.onRequest(request -> {
            URI uri = URI.create(request.url().split("[?#]", 2)[0]);
            if (!"data".equals(uri.getScheme())
                    && !base.equals(uri.resolve("/").toString().replaceAll("/$", ""))) {
                troubles.add("a request to " + request.url());
            }
        });
        return page;
    }

    private static void picture(Page page, String name) {
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setPath(PICTURES.resolve(name + ".png"))
                        .setFullPage(true));
    }

    private static String scanned(byte[] png) throws Exception {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        return new QRCodeReader()
                .decode(
                        new BinaryBitmap(
                                new HybridBinarizer(new RGBLuminanceSource(width, height, pixels))))
                .getText();
    }

    @Test
    void fromThePosterToTheCardTheTillAndTheWayOut() throws Exception {
        String email = "phone" + UUID.randomUUID() + "@example.com";
        Page counter = page("en", false, ColorScheme.LIGHT);
        counter.navigate(base + "/j/" + shop.tenantId() + "/poster");
        picture(counter, "poster.en");
        String join = scanned(counter.locator(".qr img").screenshot());
        assertThat(join).contains("/j/" + shop.tenantId()).contains("utm_source=poster");

        Page phone = page("en", true, ColorScheme.LIGHT);
        phone.navigate(join);
        picture(phone, "join.en");
        phone.fill("input[name=name]", "Lan");
        phone.fill("input[name=email]", email);
        phone.fill("input[name=phone]", "0905 777 888");
        phone.check("input[name=old_enough]");
        phone.check("input[name=consent]");
        phone.keyboard().press("Tab");
        phone.click("button[type=submit]");
        assertThat(phone.locator("h1").innerText()).isEqualTo("Look into your mail box");
        String mail =
                new io.regulars.testing.Browser(ServiceUnderTest.shared(), "en").mail(email, "/v/");
        phone.navigate(base + io.regulars.testing.Browser.link(mail, "/v/"));
        phone.click("button[type=submit]");
        picture(phone, "welcome.en");
        phone.click("a.button");
        assertThat(phone.locator(".balance").innerText()).isEqualTo("0 leaves");
        String card = phone.url();

        counter.navigate(base + "/till");
        counter.fill("#email", shop.email());
        counter.fill("#password", PASSWORD);
        counter.click("#sign-in button");
        counter.fill("#query", "0905777888");
        counter.keyboard().press("Enter");
        counter.fill("#amount", "200.00");
        counter.click("#preview-button");
        counter.waitForSelector("#preview:has-text('200 leaves')");
        counter.click("#book");
        counter.waitForSelector("#message:has-text('+200 leaves')");
        picture(counter, "till.en");

        phone.reload();
        assertThat(phone.locator(".balance").innerText()).isEqualTo("200 leaves");
        assertThat(phone.locator("progress[aria-labelledby=tier-way]").getAttribute("value"))
                .isEqualTo("40");
        picture(phone, "card.en");

        counter.click("#rewards button");
        counter.waitForSelector("#message:has-text('Redeemed')");
        counter.fill("#amount", "30");
        counter.click("#book");
        counter.waitForSelector("#message:has-text('Booked')");
        phone.reload();
        assertThat(phone.locator(".balance").innerText()).isNotEqualTo("200 leaves");

        phone.click("a[href^='/u/']");
        phone.click("button[type=submit]");
        assertThat(phone.locator("h1").innerText()).isEqualTo("You are unsubscribed");
        picture(phone, "unsubscribed.en");

        pictures(card);
        assertThat(troubles).isEmpty();
    }

    /** What is to be looked at in both languages, by day and by night. */
    private void pictures(String card) {
        for (String language : List.of("en", "vi")) {
            Page dark = page(language, true, ColorScheme.DARK);
            dark.navigate(card + "?lang=" + language);
            picture(dark, "card." + language + ".dark");
            Page light = page(language, true, ColorScheme.LIGHT);
            light.navigate(base + "/j/" + shop.tenantId() + "?lang=" + language);
            picture(light, "join." + language);
        }
        Page poster = page("vi", false, ColorScheme.LIGHT);
        poster.navigate(base + "/j/" + shop.tenantId() + "/poster?lang=vi");
        picture(poster, "poster.vi");
    }

    @Test
    void noNameRunsOrSpreads() throws Exception {
        Page phone = page("en", true, ColorScheme.LIGHT);
        for (String name : HostileStrings.markup().stream().limit(60).toList()) {
            var enrolled =
                    shop.raw()
                            .contentType("application/json")
                            .body(Map.of("name", name, "external_id", UUID.randomUUID().toString()))
                            .post("/v1/members");
            if (enrolled.statusCode() != 201) {
                continue;
            }
            phone.navigate(enrolled.jsonPath().getString("card_url"));
            assertThat(
                            phone.evaluate(
                                    "() => document.documentElement.scrollWidth <= window.innerWidth"))
                    .as("the layout holds: " + name)
                    .isEqualTo(true);
        }
        assertThat(troubles).isEmpty();
    }

    @Test
    void everyFieldHasANameAndTheKeyboardReachesAll() {
        for (String path :
                List.of("/j/" + shop.tenantId(), "/j/" + shop.tenantId() + "/card", "/till")) {
            Page page = page("en", true, ColorScheme.LIGHT);
            page.navigate(base + path);
            assertThat(
                            page.evaluate(
                                    "() => [...document.querySelectorAll('input:not([type=hidden]), select, button, a')]"
                                            + ".filter(e => e.offsetParent && !((e.labels && e.labels.length) || e.textContent.trim() || e.getAttribute('aria-label')))"
                                            + ".map(e => e.outerHTML)"))
                    .as(path)
                    .isEqualTo(List.of());
            assertThat(page.evaluate("() => document.documentElement.lang")).isEqualTo("en");
            assertThat(
                            page.evaluate(
                                    "() => [...document.querySelectorAll('[tabindex]')].filter(e => e.tabIndex > 0).length"))
                    .isEqualTo(0);
        }
        assertThat(troubles).isEmpty();
    }
}
