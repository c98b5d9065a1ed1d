package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.testing.Calls;
import io.regulars.testing.Fields;
import io.regulars.testing.Marketing;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a mail says is true for who gets it, and does no harm in other hands. */
class LettersJourney {

    private static final String REWARDS =
            """
            "earning": [{"key": "spend", "on": "purchase", "points": {"per_amount": 100, "award": 1}}],
            "welcome": {"reward": "hello", "points": 40},
            "rewards": [
              {"key": "hello", "name": "Hello", "kind": "percent_off", "percent": 15, "valid_days": 30},
              {"key": "treat", "name": "Treat", "kind": "amount_off", "amount": 500, "valid_days": 30,
               "min_basket": 2000, "min_other_items": 1}]
            """;
    private static final String TREAT = "\"offer\": {\"reward\": \"treat\"}, \"schedule\": {}";

    @Test
    void whoMayOnlyReadSeesAMailAndCannotActForItsMember() {
        Marketing shop = newYork();
        shop.run("birthday", TREAT);
        shop.run(
                "nps",
                """
                "schedule": {"days_after": 1}, "content": {"en": {"subject": "{{points}}", "blocks": [
                  {"type": "button", "label": "Site", "url": "https://shop.example/now"}]}}
                """);
        String member = shop.member(Map.of("birth_date", "1990-01-20"));
        shop.till().calls().put("/v1/members/" + member + "/consents/tracking", granted());
        shop.till().advance("2027-01-20T15:00:00Z");
        String code =
                shop.till().calls().get("/v1/members/" + member + "/vouchers").get("data[0].code");
        Calls reader = reader(shop);
        String id = shop.till().calls().get("/v1/messages?member=" + member).get("data[0].id");
        String mine = content(shop.till().calls(), id);
        assertThat(mine).contains(card(shop, member), grouped(code), shop.unsubscribePath(member));
        String theirs = content(reader, id);
        assertThat(theirs)
                .contains("Treat", "/c/sample", "/u/sample")
                .doesNotContain(card(shop, member), code, grouped(code))
                .doesNotContain(shop.unsubscribePath(member));
        shop.till().buys(member, 1_000);
        shop.till().advance("2027-01-21T15:00:00Z");
        id = shop.till().calls().get("/v1/messages?member=" + member).get("data[0].id");
        assertThat(content(shop.till().calls(), id)).doesNotContain("https://shop.example/now");
        assertThat(content(reader, id)).contains("https://shop.example/now");
    }

    @Test
    void aMailThatIsTriedOutLeadsToNobodysCardAndItsCodesAreNotValid() {
        Marketing shop = newYork();
        String member = shop.member(Map.of());
        String hello =
                shop.till().calls().get("/v1/members/" + member + "/vouchers").get("data[0].code");
        shop.till().buys(member, 1_000);
        for (String kind : List.of("welcome", "nps", "birthday")) {
            String id = draft(shop, kind, kind.equals("birthday") ? TREAT : "\"schedule\": {}");
            String to = kind + shop.shop().email();
            shop.till()
                    .calls()
                    .post(
                            "/v1/campaigns/" + id + "/test-send",
                            Map.of("to", to, "member", member),
                            202);
            JsonPath mail = mailTo(shop, to);
            assertThat(mail.getString("text"))
                    .contains("/c/sample")
                    .doesNotContain(card(shop, member), grouped(hello));
            assertThat(mail.getString("html")).doesNotContain(card(shop, member), grouped(hello));
            assertThat(mail.getString("text")).doesNotContainPattern("/n/(?!sample)");
            JsonPath preview = preview(shop, id, member);
            assertThat(preview.getString("mail.html"))
                    .doesNotContain(card(shop, member), grouped(hello));
        }
    }

    @Test
    void aDayIsTheMembersOwnAndNeverLaterThanWhatIsTrue() {
        Marketing shop = new Marketing("Asia/Ho_Chi_Minh", "US", "2027-01-10T12:00:00Z", REWARDS);
        shop.run("birthday", "\"offer\": {\"points\": 50, \"valid_days\": 15}, \"schedule\": {}");
        String here = shop.member(Map.of("birth_date", "1990-01-20"));
        String newYork =
                shop.member(Map.of("birth_date", "1990-01-20", "time_zone", "America/New_York"));
        String auckland =
                shop.member(Map.of("birth_date", "1990-01-20", "time_zone", "Pacific/Auckland"));
        shop.till().advance("2027-01-21T12:00:00Z");
        // They end at midnight in Vietnam: noon of the day before in New York, morning in Auckland.
        assertThat(shop.text(here)).contains("Valid until the end of February 4, 2027");
        assertThat(shop.text(newYork)).contains("Valid until the end of February 3, 2027");
        assertThat(shop.text(auckland)).contains("Valid until the end of February 4, 2027");
    }

    @Test
    void aWeekAheadNobodyIsToldThatTodayIsTheDay() {
        Marketing shop = newYork();
        String ahead = "\"schedule\": {\"days_before\": 7}";
        String id = shop.run("birthday", ahead);
        shop.run("anniversary", ahead);
        String member = shop.member(Map.of("birth_date", "1990-01-20"));
        String lan = shop.member(Map.of("birth_date", "1990-01-20", "locale", "vi"));
        assertThat(preview(shop, id, member).getString("mail.subject"))
                .isEqualTo("Your day is coming!");
        shop.till().advance("2027-01-14T12:00:00Z");
        assertThat(subject(shop, member)).isEqualTo("Your day is coming!");
        assertThat(subject(shop, lan)).isEqualTo("Sắp đến ngày của BẠN!");
        for (String who : List.of(member, lan)) {
            assertThat(shop.text(who) + shop.mail(who).getString("html"))
                    .doesNotContain("oday is your day", "Hôm nay là ngày");
        }
        shop.till().advance("2028-01-04T12:00:00Z");
        assertThat(subject(shop, member)).isEqualTo("Almost one year with you: thank you");
        assertThat(shop.text(member)).contains("Almost one year together").doesNotContain("ago");
        assertThat(subject(shop, lan)).startsWith("Sắp tròn 1 năm");
        assertThat(shop.text(lan)).doesNotContain("Đã 1 năm", "Đúng dịp");
        String today = draft(shop, "birthday", "\"schedule\": {}");
        assertThat(preview(shop, today, lan).getString("mail.subject"))
                .isEqualTo("Hôm nay là ngày của BẠN!");
    }

    @Test
    void aVoucherSaysWhatItAsksForAndWhereTheTermsAre() {
        Marketing shop = newYork();
        shop.run("birthday", TREAT);
        String member = shop.member(Map.of("birth_date", "1990-01-20"));
        String lan = shop.member(Map.of("birth_date", "1990-01-20", "locale", "vi"));
        shop.till().advance("2027-01-20T15:00:00Z");
        String terms = "/t/" + shop.shop().tenantId();
        String asked = "For baskets from $20.00, with at least 1 other item in the basket.";
        assertThat(shop.text(member)).contains(asked, terms + "?lang=en");
        assertThat(shop.mail(member).getString("html")).contains(asked, terms + "?lang=en");
        assertThat(shop.text(lan).replace('\u00a0', ' '))
                .contains("Cho đơn hàng từ 20,00 US$, khi có ít nhất 1 món khác trong đơn.", terms);
        assertThat(shop.shop().service().rawApi().get(card(shop, member) + "?lang=en").asString())
                .contains(asked);
    }

    @Test
    void theWayOutNamesTheRightToRefuseAllAndTheTopics() {
        Marketing shop = newYork();
        shop.run("birthday", "\"schedule\": {}");
        String member = shop.member(Map.of("birth_date", "1990-01-20"));
        String lan = shop.member(Map.of("birth_date", "1990-01-20", "locale", "vi"));
        shop.till().advance("2027-01-20T15:00:00Z");
        assertThat(shop.text(member))
                .contains("all our products", "birthday and anniversary", "surveys", "news");
        assertThat(shop.text(lan))
                .contains("tất cả sản phẩm", "sinh nhật và kỷ niệm", "khảo sát", "tin tức");
        assertThat(shop.mail(lan).getString("html")).contains("tất cả sản phẩm", "khảo sát");
    }

    @Test
    void aWelcomeShowsTheProgramsOwnGiftBesideTheCampaigns() {
        Marketing shop = newYork();
        shop.run("welcome", "\"offer\": {\"reward\": \"treat\"}, \"schedule\": {}");
        shop.till().advance("2027-01-10T15:00:00Z");
        String member = shop.member(Map.of());
        shop.till().advance("PT1M");
        List<String> codes =
                shop.till().calls().get("/v1/members/" + member + "/vouchers").get("data.code");
        assertThat(codes).hasSize(2);
        for (String said : List.of(shop.text(member), shop.mail(member).getString("html"))) {
            assertThat(said)
                    .contains("Treat", "Hello", "+40 points")
                    .contains(codes.stream().map(LettersJourney::grouped).toList());
        }
    }

    @Test
    void aMailThatIsTriedOutSpeaksOfAYearAndOfPointsThatSomebodyMightHave() {
        Marketing shop = newYork();
        String member = shop.member(Map.of());
        String years = draft(shop, "anniversary", "\"schedule\": {}");
        assertThat(preview(shop, years, member).getString("mail.text"))
                .contains("One year together!");
        String ends = draft(shop, "points_expiring", "\"schedule\": {}");
        assertThat(preview(shop, ends, member).getString("mail.text"))
                .containsPattern("\\* \\d+ points hold until the end of \\w+ \\d+, 2027");
    }

    private static Marketing newYork() {
        return new Marketing("America/New_York", "2027-01-10T12:00:00Z", REWARDS);
    }

    private static Map<String, Object> granted() {
        return Map.of("granted", true, "source", "till");
    }

    private static Calls reader(Marketing shop) {
        String key =
                shop.shop()
                        .testCalls()
                        .post("/v1/api-keys", Map.of("scope", "read", "mode", "test"), 201)
                        .get("secret");
        return shop.shop().service().calls(key);
    }

    private static String content(Calls caller, String message) {
        JsonPath shown = caller.get("/v1/messages/" + message);
        return shown.getString("content.html") + shown.getString("content.text");
    }

    private static String card(Marketing shop, String member) {
        String url = shop.till().shown(member).getString("card_url");
        return url.substring(url.indexOf("/c/"));
    }

    private static String grouped(String code) {
        return code.replaceAll("(.{4})(?=.)", "$1-");
    }

    private static String subject(Marketing shop, String member) {
        return shop.mail(member).getString("headers.Subject");
    }

    private static JsonPath mailTo(Marketing shop, String address) {
        Calls inbox = shop.shop().service().calls(null);
        String id = inbox.get("/inbox/messages?to=" + address).get("data[0].id");
        return inbox.get("/inbox/messages/" + id);
    }

    private static String draft(Marketing shop, String kind, String parts) {
        return shop.make("{\"name\": \"%s\", \"kind\": \"%s\", %s}".formatted(kind, kind, parts))
                .statusCode(201)
                .extract()
                .as(Fields.class)
                .get("id");
    }

    private static JsonPath preview(Marketing shop, String id, String member) {
        return shop.till()
                .calls()
                .post("/v1/campaigns/" + id + "/preview", Map.of("member", member), 200);
    }
}
