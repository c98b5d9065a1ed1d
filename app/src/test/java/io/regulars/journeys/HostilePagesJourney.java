package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.edge.HostileStrings;
import io.regulars.testing.Browser;
import io.regulars.testing.Chromium;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Every string of the big list of naughty strings as a name or a text, on every page that shows it,
 * in a real browser: nothing of it runs, and nothing of it pushes the page apart.
 */
@ResourceLock(Chromium.LOCK)
class HostilePagesJourney {

    private static final int LONGEST = 190;

    private static final String SHOP =
            "\"><script>alert(1)</script><img src=x onerror=alert(2)>${7*7} \u202Eabc 田中 "
                    + "W".repeat(60);

    /** All of them, many in one text. */
    private static List<String> contacts() throws IOException {
        List<String> all = new ArrayList<>();
        StringBuilder one = new StringBuilder();
        for (String string : HostileStrings.all()) {
            String clean = string.replace("\0", "").replaceAll("[\\ud800-\\udfff]", "");
            for (int from = 0; from < clean.length(); from += LONGEST) {
                String part = clean.substring(from, Math.min(clean.length(), from + LONGEST));
                if (one.length() + part.length() >= LONGEST) {
                    all.add(one.toString());
                    one.setLength(0);
                }
                one.append(part).append(' ');
            }
        }
        all.add(one.toString());
        return all.stream().filter(text -> !text.isBlank()).toList();
    }

    private static Map<String, Object> program(List<String> texts) {
        Map<String, Object> program = new HashMap<>(Shop.program("USD", 100));
        String first = texts.getFirst();
        String second = texts.get(texts.size() / 2);
        program.put("name", first);
        program.put("unit", Map.of("one", "<b>leaf</b>", "many", "${leaves}<i>"));
        program.put("brand", Map.of("tagline", second));
        program.put("benefits", texts.subList(0, 6));
        program.put("terms", Map.of("text", String.join("\n", texts)));
        program.put(
                "faq",
                texts.stream()
                        .limit(40)
                        .map(text -> Map.of("question", text, "answer", text))
                        .toList());
        List<Map<String, Object>> rewards = new ArrayList<>();
        for (String text : texts) {
            rewards.add(
                    new HashMap<>(
                            Map.of(
                                    "key",
                                    "r" + rewards.size(),
                                    "name",
                                    text,
                                    "kind",
                                    "amount_off",
                                    "amount",
                                    500,
                                    "cost_points",
                                    100 + rewards.size())));
        }
        rewards.add(Map.of("key", "hello", "name", second, "kind", "percent_off", "percent", 10));
        program.put("rewards", rewards);
        program.put("welcome", Map.of("reward", "hello"));
        program.put(
                "stamp_cards",
                List.of(Map.of("key", "card", "name", first, "buys", 10, "reward", "hello")));
        program.put(
                "tiers",
                Map.of(
                        "basis",
                        "spend",
                        "window",
                        "lifetime",
                        "downgrade",
                        Map.of("policy", "none"),
                        "levels",
                        List.of(
                                Map.of("key", "low", "name", second, "threshold", 0),
                                Map.of(
                                        "key",
                                        "high",
                                        "name",
                                        first,
                                        "threshold",
                                        10_000,
                                        "perks",
                                        texts.subList(0, 5)))));
        return program;
    }

    @Test
    void nothingRunsAndNothingIsPushedApart() throws IOException {
        ServiceUnderTest service = ServiceUnderTest.shared();
        Chromium chromium = new Chromium(service.base());
        List<String> texts = contacts();
        Shop shop = service.signUp("Europe/London", "GB", "USD", Map.of("business_name", SHOP));
        Shop.publish(shop.liveCalls(), program(texts));
        String name = texts.get(3) + SHOP.substring(0, 50);
        var member =
                Shop.enrol(
                        shop.liveCalls(),
                        Map.of(
                                "name",
                                name,
                                "email",
                                "hostile@example.com",
                                "external_id",
                                "'\"><x>"));
        shop.liveCalls()
                .post(
                        "/v1/members/" + member.getString("id") + "/adjustments",
                        Map.of("points", 150, "reason", texts.get(5)),
                        201);
        Page phone = chromium.phone("en");
        assumeTrue(stacksThaiMarks(phone), "no font here that knows Thai (fonts-noto-core)");
        List<String> findings = new ArrayList<>();
        String join = "/j/" + shop.tenantId();
        for (String path :
                List.of(
                        join + "?utm_source=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&lang=%3Cx%3E",
                        join + "/poster",
                        join + "/card",
                        "/t/" + shop.tenantId(),
                        member.getString("card_url").replaceFirst("^https?://[^/]+", ""))) {
            phone.navigate(service.base() + path);
            Chromium.wide(phone).forEach(wide -> findings.add(path + " is too wide: " + wide));
        }
        phone.click("a[href^='/u/']");
        Chromium.wide(phone).forEach(wide -> findings.add("offers are too wide: " + wide));
        incomplete(phone, service.base() + join, texts, findings);
        assertThat(findings).isEmpty();
        assertThat(chromium.troubles()).isEmpty();
        assertThat(new Browser(service, "en").get("/t/" + shop.tenantId()).asString())
                .contains("&lt;script")
                .doesNotContain("<script");
    }

    /** Without a font for them, marks that stand above each other stand beside each other. */
    private static boolean stacksThaiMarks(Page page) {
        return (boolean)
                page.evaluate(
                        """
                        () => {
                          const pen = document.createElement('canvas').getContext('2d');
                          return pen.measureText('\u0E14\u0E47\u0E47\u0E47').width < 2 * pen.measureText('\u0E14').width;
                        }
                        """);
    }

    /** What was typed comes back in its field. */
    private static void incomplete(
            Page phone, String join, List<String> texts, List<String> findings) {
        phone.navigate(join);
        for (String field : List.of("name", "email", "phone", "birth_year")) {
            phone.evaluate(
                    "([field, text]) => { document.querySelector('[name=' + field + ']').value = text; }",
                    List.of(field, texts.get(7)));
        }
        phone.click("button[type=submit]");
        phone.waitForSelector("#troubles");
        Chromium.wide(phone).forEach(wide -> findings.add("the form is too wide: " + wide));
    }
}
