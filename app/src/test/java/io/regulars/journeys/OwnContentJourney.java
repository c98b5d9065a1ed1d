package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.ServiceUnderTest;
import io.regulars.testing.Fields;
import io.regulars.testing.Marketing;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A shop's own words, from the campaign to the mailbox, in a country with rules for them. */
class OwnContentJourney {

    private static final String PROGRAM =
            """
            "earning": [{"key": "spend", "on": "purchase", "points": {"per_amount": 100, "award": 1}}],
            "rewards": [{"key": "cake", "name": "Cake", "kind": "free_product", "sku": "K", "cost_points": 60},
                        {"key": "gift", "name": "Ten off", "kind": "percent_off", "percent": 10, "valid_days": 30}]
            """;

    private static final String CONTENT =
            """
            "offer": {"reward": "gift"},
            "content": {
              "en": {"subject": "[QC] A day for ${member.name!\\"you\\"}", "preheader": "You have ${points}",
                "blocks": [
                  {"type": "heading", "text": "Happy birthday<#if member.name>, ${member.name}</#if>!"},
                  {"type": "text", "text": "First line\\nsecond <line>\\n\\nYou have ${points} at ${shop.name}."},
                  {"type": "voucher"},
                  {"type": "button", "label": "Our menu", "url": "https://shop.example/menu?a=1&b=2"},
                  {"type": "progress", "goal": "reward"}, {"type": "rewards"}, {"type": "divider"}]},
              "vi": {"subject": "Ngày của ${member.name!\\"bạn\\"}",
                "blocks": [{"type": "text", "text": "Chúc mừng sinh nhật! Bạn có ${points}."}]}}
            """;

    private static Marketing shop;
    private static String campaign;

    @BeforeAll
    static void open() {
        shop = new Marketing("Asia/Ho_Chi_Minh", "VN", "2027-02-20T01:00:00Z", PROGRAM);
        campaign = shop.run("birthday", CONTENT);
    }

    private static String born(Map<String, Object> more) {
        Map<String, Object> said = new HashMap<>(Map.of("birth_date", "--03-01"));
        said.putAll(more);
        return shop.member(said);
    }

    @Test
    void theShopsWordsReachTheMemberWithTheLabelOnceAndHostileNamesInert() {
        String english =
                born(Map.of("name", "Lan\r\nBcc: all@example.com <b>${points}</b> \u202eevil"));
        String vietnamese = born(Map.of("name", "Lan", "locale", "vi"));
        String nameless = born(Map.of());
        String tracked = born(Map.of("name", "Nguyễn"));
        consent(tracked, "tracking", true);
        String noNews = born(Map.of());
        choose(noNews, "overview", "news");
        String gone = born(Map.of());
        String page = shop.unsubscribePath(gone);
        shop.till().advance("2027-03-01T03:00:00Z");

        JsonPath mail = shop.mail(english);
        assertThat(mail.getString("headers.Subject"))
                .startsWith("[AD] A day for Lan Bcc: all@example.com <b>${points}</b> evil");
        assertThat(mail.getMap("headers")).doesNotContainKey("Bcc");
        assertThat(mail.getString("html"))
                .contains(
                        "&lt;b&gt;${points}&lt;/b&gt;", "second &lt;line&gt;", "You have 0 points")
                .contains("class=\"qr\"", "bgcolor=\"#000000\"", "Cake")
                .contains("https://shop.example/menu?a=1&amp;b=2")
                .doesNotContain("<b>", "\u202e", "<img");
        assertThat(mail.getString("text"))
                .contains("First line", "Our menu:", "Ten off", "Your next reward: Cake", "/u/");
        JsonPath inVietnamese = shop.mail(vietnamese);
        assertThat(inVietnamese.getString("headers.Subject")).isEqualTo("[QC] Ngày của Lan");
        assertThat(inVietnamese.getString("text"))
                .contains("Chúc mừng sinh nhật! Bạn có 0 points", "Mã quà tặng của bạn");
        assertThat(shop.mail(nameless).getString("text")).contains("Happy birthday!");
        assertThat(shop.mail(nameless).getString("headers.Subject"))
                .isEqualTo("[AD] A day for you");
        countsClicksOfThoseWhoAgreed(tracked);
        assertThat(shop.messages(noNews)).containsExactly("birthday 2027-03-01 skipped no_consent");
        assertThat(shop.voucherStates(noNews)).isEmpty();
        stopsAtOnceAndSaysSoOnce(gone, page);
    }

    private static void countsClicksOfThoseWhoAgreed(String tracked) {
        Matcher link = Pattern.compile("http\\S+(/l/[A-Za-z0-9_-]+)").matcher(shop.text(tracked));
        assertThat(link.find()).isTrue();
        String path = link.group(1);
        Response head = http().redirects().follow(false).head(path);
        assertThat(head.getHeader("Location")).isEqualTo("https://shop.example/menu?a=1&b=2");
        assertThat(clickedAt(tracked)).isNull();
        Response followed = http().redirects().follow(false).get(path);
        assertThat(followed.statusCode()).isEqualTo(302);
        assertThat(clickedAt(tracked)).isNotNull();
        assertThat(
                        shop.till()
                                .api()
                                .get("/v1/campaigns/{id}/report", campaign)
                                .<Integer>path("clicked"))
                .isEqualTo(1);
        http().redirects().follow(false).get(path + "x").then().statusCode(404);
        assertThat(shop.mail(tracked).getString("html")).doesNotContain("shop.example/menu");
    }

    private static void stopsAtOnceAndSaysSoOnce(String member, String page) {
        http().post(page).then().statusCode(200);
        http().post(page).then().statusCode(200);
        shop.till().advance("PT1S");
        assertThat(shop.messages(member))
                .anyMatch(message -> message.startsWith("birthday 2027-03-01 sent"))
                .filteredOn(message -> message.startsWith("opt_out_confirmation"))
                .hasSize(1)
                .allMatch(message -> message.endsWith(" sent"));
        assertThat(shop.mail(member).getString("headers.Subject"))
                .isEqualTo("You are unsubscribed from Regulars");
        assertThat(shop.text(member)).contains("We received your request at 10:00, March 1, 2027");
    }

    @Test
    void whatIsWrongIsRefusedWithItsPlace() {
        shop.refuses(
                """
                {"name": "x", "kind": "birthday", "content": {"en": {"subject": "Hi ${member.name}",
                  "blocks": [{"type": "text", "text": "a\\nb ${x?new()}"}]}}}
                """,
                "/content/en/subject",
                "default_needed");
        List<Map<String, Object>> errors =
                shop.make(
                                """
                                {"name": "x", "kind": "birthday", "content": {"en": {"subject": "Hi",
                                  "blocks": [{"type": "text", "text": "a\\nb ${x?new()}"}]}}}
                                """)
                        .statusCode(422)
                        .extract()
                        .as(Fields.class)
                        .get("errors");
        assertThat(errors.getFirst())
                .containsEntry("pointer", "/content/en/blocks/0/text")
                .containsEntry("code", "not_allowed")
                .containsEntry("line", 2)
                .containsEntry("column", 3);
        shop.refuses(
                """
                {"name": "x", "kind": "points_expiring", "content": {"en": {"subject": "Hi",
                  "blocks": [{"type": "voucher"}]}}}
                """,
                "/content/en/blocks/0/type",
                "not_for_this_kind");
    }

    @Test
    void anEmptyContentBringsTheBuiltInMailBack() {
        String id =
                shop.make("{\"name\": \"x\", \"kind\": \"birthday\", " + CONTENT + "}")
                        .statusCode(201)
                        .extract()
                        .as(Fields.class)
                        .get("id");
        JsonPath campaign = shop.till().calls().patch("/v1/campaigns/" + id, "{\"content\": {}}");
        assertThat(campaign.<Object>get("content")).isNull();
    }

    private static Object clickedAt(String member) {
        return shop.till()
                .api()
                .get("/v1/members/{id}/messages", member)
                .then()
                .statusCode(200)
                .extract()
                .as(Fields.class)
                .get("data[0].clicked_at");
    }

    private static void consent(String member, String purpose, boolean granted) {
        shop.till()
                .api()
                .body(Map.of("granted", granted, "source", "till"))
                .put("/v1/members/{id}/consents/{purpose}", member, purpose)
                .then()
                .statusCode(200);
    }

    private static void choose(String member, String... topics) {
        StringBuilder form = new StringBuilder("action=choose");
        for (String topic : topics) {
            form.append("&topic=").append(topic);
        }
        String html =
                http().contentType("application/x-www-form-urlencoded")
                        .body(form.toString())
                        .post(shop.unsubscribePath(member))
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString();
        assertThat(html).contains("value=\"news\" checked", "value=\"occasions\">", "Noted");
    }

    private static RequestSpecification http() {
        return ServiceUnderTest.shared().rawApi();
    }
}
