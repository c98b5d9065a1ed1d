package io.regulars.journeys;

import com.microsoft.playwright.Page;
import io.regulars.ServiceUnderTest;
import io.regulars.testing.Browser;
import io.regulars.testing.Chromium;
import io.regulars.testing.ForPictures;
import io.regulars.testing.Walk;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The pages that owners and their staff come to by a link in a mail, and the inbox where that mail
 * is captured, in a real browser. Pictures as with {@link PagesInABrowserJourney}.
 */
@ResourceLock(Chromium.LOCK)
class OwnersPagesInABrowserJourney {

    private static final AtomicInteger ADDRESSES = new AtomicInteger();
    private static final String PASSWORD = "five small red boats";

    private final ServiceUnderTest service = ServiceUnderTest.shared();

    @Test
    void fromTheSignupToTheTeam() {
        play(new Walk("vi"));
    }

    @Test
    @ForPictures
    void theSameInEnglish() {
        play(new Walk("en"));
    }

    private void play(Walk walk) {
        Browser mails = new Browser(service, walk.language());
        Page desk = walk.phone();
        visit(walk, desk, "/", "home");

        String owner = address();
        visit(walk, desk, "/signup", "open-shop");
        desk.fill("input[name=business_name]", "Cà phê Sông Hương");
        desk.fill("input[name=email]", owner);
        desk.selectOption("select[name=country]", "VN");
        desk.selectOption("select[name=time_zone]", "Asia/Ho_Chi_Minh");
        press(walk, desk, "[role=alert]", "open-shop-refused");
        desk.fill("input[type=password]", PASSWORD);
        press(walk, desk, "main:not(:has(form))", "open-shop-sent");
        String signup = Browser.link(mails.mail(owner, "/v/"), "/v/");
        visit(walk, desk, signup, "signup");
        press(walk, desk, "ol.steps", "shop");
        visit(walk, desk, signup, "signup-used");
        visit(walk, desk, "/v/nothing", "signup-void");

        ask("/v1/password-resets", Map.of("email", owner));
        String reset = Browser.link(mails.mail(owner, "/p/"), "/p/");
        choosePassword(walk, desk, reset, "password", "set");

        moveAddress(walk, desk, mails, owner);
        visit(walk, desk, "/inbox?to=" + owner, "inbox");
        desk.click(".mails a");
        desk.waitForSelector("iframe");
        walk.look(desk, "inbox-mail");
        visit(walk, desk, "/docs/errors", "errors");
        walk.wasEasy();
    }

    private void moveAddress(Walk walk, Page desk, Browser mails, String owner) {
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
        visit(walk, desk, Browser.link(mails.mail(moved, "/e/"), "/e/"), "email-change");
        press(walk, desk, "main:not(:has(form))", "email-changed");

        String colleague = address();
        service.api()
                .header("Authorization", "Bearer " + session)
                .contentType("application/json")
                .body(Map.of("email", colleague, "role", "cashier"))
                .post("/v1/users")
                .then()
                .statusCode(201);
        String invitation = Browser.link(mails.mail(colleague, "/i/"), "/i/");
        choosePassword(walk, desk, invitation, "invitation", "accepted");
    }

    /** By a link from a mail: a weak password first, then a good one, then once more. */
    private void choosePassword(Walk walk, Page desk, String link, String name, String done) {
        visit(walk, desk, link, name);
        desk.fill("input[type=password]", "1234567890");
        press(walk, desk, "[role=alert]", name + "-refused");
        desk.fill("input[type=password]", PASSWORD);
        press(walk, desk, "main:not(:has(form))", name + "-" + done);
        visit(walk, desk, link, name + "-used");
    }

    private void ask(String path, Map<String, Object> body) {
        service.api().contentType("application/json").body(body).post(path).then().statusCode(202);
    }

    /** Opens one of our pages and goes through it by keyboard. */
    private void visit(Walk walk, Page page, String path, String name) {
        page.navigate(service.base() + path);
        walk.lookAndReach(page, name);
    }

    /** Sends the page's form by its button, and waits for what shows that it was taken. */
    private static void press(Walk walk, Page page, String waitFor, String name) {
        page.click("main button[type=submit]");
        page.waitForSelector(waitFor);
        walk.look(page, name);
    }

    private static String address() {
        return "huong" + ADDRESSES.incrementAndGet() + "@songhuong.example";
    }
}
