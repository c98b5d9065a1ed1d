package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.regulars.ServiceUnderTest;
import io.regulars.testing.Browser;
import io.regulars.testing.Chromium;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The pages that owners and their staff come to by a link in a mail, and the inbox where that mail
 * is captured, in a real browser. Pictures as with {@link PagesInABrowserJourney}.
 */
class OwnersPagesInABrowserJourney {

    private static final AtomicInteger ADDRESSES = new AtomicInteger();
    private static final String PASSWORD = "five small red boats";

    private final ServiceUnderTest service = ServiceUnderTest.shared();
    private final Chromium chromium = new Chromium(service.base());
    private final List<String> findings = new ArrayList<>();

    @Test
    void fromTheSignupToTheTeam() {
        play("vi");
    }

    @Test
    @EnabledIfSystemProperty(named = "pages.pictures", matches = "true")
    void theSameInEnglish() {
        play("en");
    }

    private void play(String language) {
        Browser mails = new Browser(service, language);
        Page desk = chromium.phone(language);
        visit(desk, "/", "home", language);

        String owner = address();
        ask(
                "/v1/signups",
                Map.of(
                        "business_name", "Cà phê Sông Hương",
                        "email", owner,
                        "password", PASSWORD,
                        "country", "VN",
                        "time_zone", "Asia/Ho_Chi_Minh",
                        "locale", language,
                        "currency", "VND"));
        String signup = Browser.link(mails.mail(owner, "/v/"), "/v/");
        visit(desk, signup, "signup", language);
        press(desk, "ol.steps", "shop", language);
        visit(desk, signup, "signup-used", language);
        visit(desk, "/v/nothing", "signup-void", language);

        ask("/v1/password-resets", Map.of("email", owner));
        String reset = Browser.link(mails.mail(owner, "/p/"), "/p/");
        visit(desk, reset, "password", language);
        desk.fill("input[type=password]", "1234567890");
        press(desk, "[role=alert]", "password-refused", language);
        desk.fill("input[type=password]", PASSWORD);
        press(desk, "main:not(:has(form))", "password-set", language);
        visit(desk, reset, "password-used", language);

        moveAddress(desk, mails, owner, language);
        visit(desk, "/inbox?to=" + owner, "inbox", language);
        desk.click(".mails a");
        desk.waitForSelector("iframe");
        look(desk, "inbox-mail", language);
        visit(desk, "/docs/errors", "errors", language);
        assertThat(findings).isEmpty();
        assertThat(chromium.troubles()).isEmpty();
    }

    private void moveAddress(Page desk, Browser mails, String owner, String language) {
        String session =
                service.api()
                        .contentType("application/json")
                        .body(Map.of("email", owner, "password", PASSWORD))
                        .post("/v1/sessions")
                        .path("token");
        String moved = address();
        service.api()
                .header("Authorization", "Bearer " + session)
                .contentType("application/json")
                .body(Map.of("email", moved, "password", PASSWORD))
                .post("/v1/email-changes")
                .then()
                .statusCode(202);
        visit(desk, Browser.link(mails.mail(moved, "/e/"), "/e/"), "email-change", language);
        press(desk, "main:not(:has(form))", "email-changed", language);

        String colleague = address();
        service.api()
                .header("Authorization", "Bearer " + session)
                .contentType("application/json")
                .body(Map.of("email", colleague, "role", "cashier"))
                .post("/v1/users")
                .then()
                .statusCode(201);
        String invitation = Browser.link(mails.mail(colleague, "/i/"), "/i/");
        visit(desk, invitation, "invitation", language);
        desk.fill("input[type=password]", "1234567890");
        press(desk, "[role=alert]", "invitation-refused", language);
        desk.fill("input[type=password]", PASSWORD);
        press(desk, "main:not(:has(form))", "invitation-accepted", language);
        visit(desk, invitation, "invitation-used", language);
    }

    private void ask(String path, Map<String, Object> body) {
        service.api().contentType("application/json").body(body).post(path).then().statusCode(202);
    }

    /** Opens one of our pages and goes through it by keyboard. */
    private void visit(Page page, String path, String name, String language) {
        page.navigate(service.base() + path);
        look(page, name, language);
        findings.addAll(Chromium.keyboard(page, name));
    }

    /** Sends the page's form by its button, and waits for what shows that it was taken. */
    private void press(Page page, String waitFor, String name, String language) {
        page.click("main button[type=submit]");
        page.waitForSelector(waitFor);
        look(page, name, language);
    }

    private void look(Page page, String name, String language) {
        findings.addAll(chromium.look(page, name + "." + language));
    }

    private static String address() {
        return "huong" + ADDRESSES.incrementAndGet() + "@songhuong.example";
    }
}
