package io.regulars.edge.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.edge.HostileStrings;
import io.regulars.edge.Tags;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TermsPageTest {

    private static ServiceUnderTest service;

    @BeforeAll
    static void start() {
        service = ServiceUnderTest.shared();
    }

    @Test
    void theProgramIsToldInPlainWordsInBothLanguages() {
        Shop shop =
                service.signUp("America/New_York", "US", "USD", Map.of("preset", "green-rewards"));
        String english = text(page(shop, "", "en"));
        assertThat(english)
                .contains(
                        "Green Rewards",
                        "1 leaf for every $1.00 of a purchase",
                        "100 leaves on your birthday, once a year",
                        "Following us: 50 leaves. Once for each member.",
                        "left over below a whole step counts for your next purchase",
                        "what you spend in a calendar year",
                        "Very Important Plant Person",
                        "from $500.00",
                        "purchases earn × 1.5",
                        "A free small plant",
                        "Costs 300 leaves",
                        "With at least 1 other item in the basket",
                        "$5.00 off",
                        "15% off",
                        "You get 500 leaves",
                        "Your friend gets 15% off",
                        "They end 12 months after you last collected or used any, at the end of that month",
                        "We tell you 60 and 30 days before",
                        "taken back in the same share",
                        "Version 1",
                        "Shop Ltd",
                        "1 Lê Lợi, Huế",
                        shop.email());
        assertThat(text(page(shop, "", "vi")))
                .contains(
                        "Điểm xanh",
                        "1 lá cho mỗi",
                        "vào ngày sinh nhật",
                        "Hạng thành viên",
                        "Bạn được 500 lá",
                        "Khi bạn trả hàng");
    }

    @Test
    void aGiftThatComesEveryYearIsNotLimitedToOne() {
        Shop shop =
                service.signUp("America/New_York", "US", "USD", Map.of("preset", "beauty-insider"));
        assertThat(text(page(shop, "", "en")))
                .contains("Birthday gift set")
                .doesNotContain("for each member");
    }

    @Test
    void stampCardsAndFreeClubsSayNothingOfPoints() {
        Shop stamps =
                service.signUp("Asia/Ho_Chi_Minh", "VN", "VND", Map.of("preset", "stamp-card"));
        assertThat(text(page(stamps, "", "en")))
                .contains("10 stamps give A free coffee")
                .doesNotContain("How long", "When you return");
        Shop club = service.signUp("Asia/Ho_Chi_Minh", "VN", "VND", Map.of("preset", "perks-club"));
        assertThat(text(page(club, "", "vi")))
                .contains("Một năm miễn phí giao hàng", "Tôi có cần thẻ không?");
    }

    @Test
    void everyVersionStaysReadable() {
        Shop shop = service.signUp();
        Map<String, Object> program = new HashMap<>(Shop.program("VND", 10_000));
        program.put(
                "terms",
                Map.of(
                        "text", "Line one\nLine two",
                        "area", "Huế",
                        "starts_on", "2026-01-01",
                        "ends_on", "2026-12-31",
                        "contact", "0900 000 000"));
        Shop.publish(shop.liveCalls(), program);
        program.put("name", "Newer");
        shop.liveCalls().put("/v1/program/draft", program);
        shop.liveCalls().post("/v1/program/publish", Map.of("reason", "A new name"), 200);
        String newest = text(page(shop, "", "en"));
        assertThat(newest)
                .contains(
                        "Newer",
                        "Version 3, in force since",
                        "A new name",
                        "January 1, 2026",
                        "December 31, 2026",
                        "Huế",
                        "0900 000 000",
                        "All versions:",
                        "Version 1");
        assertThat(text(page(shop, "?version=2", "en")))
                .contains("Khách quen", "not the one in force", "Line one");
        for (String none : List.of("?version=9", "?version=0", "?version=x", "?version=02")) {
            assertThat(page(shop, none, "en").statusCode()).as(none).isEqualTo(404);
        }
    }

    @Test
    void theLanguageIsTheOneChosenElseTheBrowsersElseTheShops() {
        Shop shop = service.signUp();
        assertThat(page(shop, "?lang=en", "vi").header("Content-Language")).isEqualTo("en");
        assertThat(page(shop, "", "en").header("Content-Language")).isEqualTo("en");
        assertThat(page(shop, "", "").header("Content-Language")).isEqualTo("vi");
    }

    @Test
    void aShopThatThereIsNotHasNoTerms() {
        for (String tenant : List.of("ten_01m80q1dtqf9vrbtasdmvjtt3p", "x", "..%2f")) {
            service.rawApi()
                    .urlEncodingEnabled(false)
                    .header("Accept", "text/html")
                    .get("/t/" + tenant)
                    .then()
                    .statusCode(org.hamcrest.Matchers.oneOf(400, 404));
        }
        service.rawApi()
                .header("Accept", "text/html")
                .get("/t/ten_01m80q1dtqf9vrbtasdmvjtt3p")
                .then()
                .statusCode(404)
                .body(containsString("There are no such terms"));
    }

    @Test
    void nothingThatAShopWritesBecomesMarkup() throws Exception {
        Shop shop = service.signUp();
        List<String> hostile = new ArrayList<>(HostileStrings.markup());
        hostile.add("${7*7}<#assign x=1>");
        Shop.publish(shop.liveCalls(), everywhere("plain"));
        List<String> expected = Tags.of(page(shop, "", "en").asString());
        for (String text : joined(hostile)) {
            shop.liveCalls().put("/v1/program/draft", everywhere(text));
            shop.liveCalls().post("/v1/program/publish", Map.of(), 200);
            Response page = page(shop, "", "en");
            assertThat(page.statusCode()).as(text).isEqualTo(200);
            List<String> tags = Tags.of(page.asString());
            // The list of versions grows with each publication; nothing else does.
            assertThat(withoutVersions(tags)).as(text).isEqualTo(withoutVersions(expected));
        }
    }

    /** As many as go into a name, one after the other: each publication costs a moment. */
    private static List<String> joined(List<String> texts) {
        List<String> joined = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        for (String text : texts) {
            String cut = text.length() > 190 ? text.substring(0, 190) : text;
            if (cut.isBlank()
                    || cut.indexOf('\0') >= 0
                    || Character.isHighSurrogate(cut.charAt(cut.length() - 1))) {
                continue;
            }
            if (name.length() + cut.length() > 199) {
                joined.add(name.toString());
                name.setLength(0);
            }
            name.append(name.isEmpty() ? "" : " ").append(cut);
        }
        joined.add(name.toString());
        return joined;
    }

    private static List<String> withoutVersions(List<String> tags) {
        return tags.stream().filter(tag -> !tag.contains("?version=")).distinct().toList();
    }

    private static Map<String, Object> everywhere(String text) {
        Map<String, Object> program = new HashMap<>();
        program.put("name", text);
        program.put("unit", Map.of("one", text, "many", text));
        program.put("currency", "VND");
        program.put("brand", Map.of("tagline", text));
        program.put("terms", Map.of("text", text, "area", text, "contact", text));
        program.put("benefits", List.of(text));
        program.put("faq", List.of(Map.of("question", text, "answer", text)));
        program.put("locations", List.of(Map.of("key", "here", "name", text)));
        program.put(
                "earning",
                List.of(
                        Map.of(
                                "key",
                                "spend",
                                "on",
                                "purchase",
                                "name",
                                text,
                                "points",
                                Map.of("per_amount", 1, "award", 1),
                                "when",
                                Map.of(
                                        "categories", List.of(text),
                                        "skus", List.of(text),
                                        "locations", List.of("here"),
                                        "tiers", List.of("base")))));
        program.put(
                "tiers",
                Map.of(
                        "basis", "spend",
                        "window", "lifetime",
                        "levels",
                                List.of(
                                        Map.of(
                                                "key",
                                                "base",
                                                "name",
                                                text,
                                                "threshold",
                                                0,
                                                "perks",
                                                List.of(text)))));
        gifts(program, text);
        return program;
    }

    private static void gifts(Map<String, Object> program, String text) {
        program.put(
                "rewards",
                List.of(
                        Map.of(
                                "key",
                                "gift",
                                "name",
                                text,
                                "description",
                                text,
                                "kind",
                                "gift",
                                "tiers",
                                List.of("base"))));
        program.put(
                "stamp_cards",
                List.of(
                        Map.of(
                                "key",
                                "card",
                                "name",
                                text,
                                "buys",
                                1,
                                "categories",
                                List.of(text),
                                "reward",
                                "gift")));
        program.put("welcome", Map.of("reward", "gift"));
        program.put("referral", Map.of("friend_reward", "gift"));
    }

    private static Response page(Shop shop, String query, String language) {
        return service.rawApi()
                .header("Accept", "text/html")
                .header("Accept-Language", language)
                .get("/t/" + shop.tenantId() + query);
    }

    /** What a reader sees. */
    private static String text(Response page) {
        assertThat(page.statusCode()).isEqualTo(200);
        return page.asString()
                .replaceAll("(?s)<style>.*</style>", "")
                .replaceAll("<[^>]+>", "")
                .replace("&#39;", "'")
                .replaceAll("\\s+", " ");
    }
}
