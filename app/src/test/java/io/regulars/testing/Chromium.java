package io.regulars.testing;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A real browser, started once for all tests of a process, and an eye on it: every complaint of the
 * browser, every dialog and every request to another host is noted. Without a Chromium on the
 * machine the tests that need it are skipped.
 */
public final class Chromium {

    /** Of the one browser: Playwright may be called by one thread at a time. */
    public static final String LOCK = "Chromium";

    /** Where pictures are left. */
    private static final Path PICTURES = Path.of("target", "pages");

    private static final String AXE = axe();
    private static final int HEAVIEST = 50_000;

    /** At night only the colours are others. What stands in a frame is somebody else's page. */
    private static final String FINDINGS =
            """
            night => axe.run(document, {
                resultTypes: ['violations'], iframes: false, preload: false,
                ...(night && {runOnly: ['color-contrast', 'link-in-text-block']})
            }).then(all => all.violations.flatMap(one =>
                one.nodes.map(node => one.id + ': ' + node.html.slice(0, 200) + ' ' + node.failureSummary)))
            """;

    private static final String WIDE =
            """
            () => [...document.querySelectorAll('body *')].filter(e => {
                const box = e.getBoundingClientRect();
                return box.width > 1 && box.right > window.innerWidth + 1;
            }).map(e => e.outerHTML.slice(0, 160))
            """;

    /** All that the Tab key ought to reach; of each group of radio buttons one. */
    private static final String STOPS =
            """
            () => {
                const name = e => e.type === 'radio' ? 'one of ' + e.name : e.outerHTML.slice(0, 160);
                const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
                    .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled && e.tabIndex >= 0);
                window.keyboard = {name, left: new Set(all.map(name)), faint: []};
                return all.length;
            }
            """;

    private static final String AT_STOP =
            """
            () => {
                const e = document.activeElement;
                if (!e || e === document.body) return;
                const {name, left, faint} = window.keyboard;
                left.delete(name(e));
                const look = getComputedStyle(e);
                if (look.outlineStyle === 'none' || parseFloat(look.outlineWidth) < 2) faint.push(name(e));
            }
            """;

    private static final String NOT_REACHED =
            """
            () => [...[...keyboard.left].map(e => 'is out of the keyboard\\'s reach: ' + e),
                   ...keyboard.faint.map(e => 'does not show that it has the focus: ' + e)]
            """;

    private final String base;
    private final List<String> troubles = new ArrayList<>();

    /**
     * @param base of the service under test
     */
    public Chromium(URI base) {
        this.base = base.toString();
        Assumptions.assumeTrue(Started.BROWSER != null, "no Chromium on this machine");
    }

    private static final class Started {
        static final @Nullable Browser BROWSER = start();

        private static @Nullable Browser start() {
            Path executable =
                    Stream.of(
                                    "/usr/bin/chromium",
                                    "/usr/bin/chromium-browser",
                                    "/usr/bin/google-chrome")
                            .map(Path::of)
                            .filter(Files::isExecutable)
                            .findFirst()
                            .orElse(null);
            if (executable == null) {
                return null;
            }
            Playwright playwright =
                    Playwright.create(
                            new Playwright.CreateOptions()
                                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
            return playwright
                    .chromium()
                    .launch(
                            new BrowserType.LaunchOptions()
                                    .setExecutablePath(executable)
                                    .setArgs(
                                            List.of(
                                                    "--no-sandbox",
                                                    "--use-fake-ui-for-media-stream",
                                                    "--use-fake-device-for-media-stream")));
        }
    }

    /** A phone of the narrowest kind that is still about. */
    public Page phone(String language) {
        return page(language, 360, 780);
    }

    public Page desk(String language) {
        return page(language, 1_100, 800);
    }

    private Page page(String language, int width, int height) {
        BrowserContext context =
                Objects.requireNonNull(Started.BROWSER)
                        .newContext(
                                new Browser.NewContextOptions()
                                        .setLocale(language)
                                        .setViewportSize(width, height));
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
            String url = request.url();
            if (!url.startsWith("data:")
                    && !url.startsWith("blob:")
                    && !url.startsWith(base + "/")) {
                troubles.add("a request to " + url);
            }
        });
        return page;
    }

    /** What went wrong so far on any page. */
    public List<String> troubles() {
        return troubles;
    }

    /**
     * Looks at the page by day and by night; leaves a picture of each with {@code
     * -Dpages.pictures=true}.
     *
     * @return what is hard to use for somebody, hangs over the edge, or is heavy
     */
    public List<String> look(Page page, String name) {
        List<String> findings = new ArrayList<>();
        if (page.content().getBytes(StandardCharsets.UTF_8).length > HEAVIEST) {
            findings.add(name + " is heavier than " + HEAVIEST + " bytes");
        }
        page.evaluate(AXE + ";0");
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(
                    new Page.EmulateMediaOptions().setMedia(Media.SCREEN).setColorScheme(scheme));
            boolean night = scheme == ColorScheme.DARK;
            String named = name + (night ? ".dark" : "");
            strings(page, FINDINGS, night).forEach(found -> findings.add(named + " " + found));
            if (Boolean.getBoolean("pages.pictures")) {
                picture(page, named);
            }
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        wide(page).forEach(found -> findings.add(name + " is too wide: " + found));
        return findings;
    }

    /** What hangs over the right edge. */
    public static List<String> wide(Page page) {
        return strings(page, WIDE, null);
    }

    /**
     * Walks through the page with the Tab key alone.
     *
     * @return what it does not reach, or what does not show that it was reached
     */
    public static List<String> keyboard(Page page, String name) {
        int stops = (int) page.evaluate(STOPS);
        // Behind the last one stand the window itself and what a frame has.
        for (int press = 0; press < stops + 4; press++) {
            page.keyboard().press("Tab");
            page.evaluate(AT_STOP);
        }
        return strings(page, NOT_REACHED, null).stream().map(found -> name + " " + found).toList();
    }

    private static void picture(Page page, String name) {
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setPath(PICTURES.resolve(name + ".png"))
                        .setFullPage(true));
    }

    @SuppressWarnings("unchecked")
    private static List<String> strings(Page page, String script, @Nullable Object argument) {
        return (List<String>) page.evaluate(script, argument);
    }

    private static String axe() {
        try (InputStream in = Chromium.class.getResourceAsStream("/axe.min.js")) {
            return new String(
                    Objects.requireNonNull(in, "axe.min.js").readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
