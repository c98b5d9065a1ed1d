package io.regulars.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import java.util.ArrayList;
import java.util.List;

/**
 * A walk through the pages of the shared service in a real browser, in one language. What is hard
 * to use on the way is noted, and said at the end of it.
 */
public final class Walk {

    private final Chromium chromium = new Chromium(ServiceUnderTest.shared().base());
    private final String language;
    private final List<String> findings = new ArrayList<>();

    public Walk(String language) {
        this.language = language;
    }

    public String language() {
        return language;
    }

    public Page phone() {
        return chromium.phone(language);
    }

    public Page desk() {
        return chromium.desk(language);
    }

    /** Looks at what the page shows now. */
    public void look(Page page, String name) {
        findings.addAll(chromium.look(page, name + "." + language));
    }

    /** The same, and goes through it by keyboard. */
    public void lookAndReach(Page page, String name) {
        look(page, name);
        findings.addAll(Chromium.keyboard(page, name));
    }

    /** Fills the till's sign-in in and sends it. */
    public static void signIn(Page till, Shop shop, String password) {
        till.fill("#email", shop.email());
        till.fill("#password", password);
        till.keyboard().press("Enter");
    }

    /** Says in which of their shops the person is who has just signed in. */
    public static void choose(Page till, Shop shop) {
        till.focus("#shops button[value=" + shop.tenantId() + "]");
        till.keyboard().press("Enter");
        till.waitForSelector("#find:visible");
    }

    /** Signs the owner in; one with several shops is asked for the shop. */
    public static void enter(Page till, Shop shop) {
        signIn(till, shop, ServiceUnderTest.PASSWORD);
        till.waitForSelector("#find:visible, #shops:visible");
        if (till.isVisible("#shops")) {
            choose(till, shop);
        }
    }

    /** What the browser itself complained of. */
    public List<String> troubles() {
        return chromium.troubles();
    }

    public void wasEasy() {
        assertThat(findings).isEmpty();
        assertThat(troubles()).isEmpty();
    }
}
