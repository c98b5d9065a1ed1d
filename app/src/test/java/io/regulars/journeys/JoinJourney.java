package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.testing.Browser;
import io.regulars.testing.Fields;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Somebody scans the poster, joins, proves the address, and has a card. */
class JoinJourney {

    private static final Browser PHONE = new Browser(ServiceUnderTest.shared(), "en");
    private static Shop shop;
    private static String page;

    @BeforeAll
    static void open() {
        shop =
                ServiceUnderTest.shared()
                        .signUp("Asia/Ho_Chi_Minh", "VN", "USD", Map.of("preset", "green-rewards"));
        page = "/j/" + shop.tenantId();
    }

    private static String address() {
        return "m" + UUID.randomUUID() + "@example.com";
    }

    private static Map<String, String> form(String email) {
        return new HashMap<>(
                Map.of("name", "Lan", "email", email, "old_enough", "yes", "consent", "yes"));
    }

    /** Joins, follows the mail and answers the card's path. */
    private static String join(Map<String, String> form) {
        assertThat(PHONE.send(page, form).statusCode()).isEqualTo(200);
        String confirm = Browser.link(PHONE.mail(form.get("email"), "/v/"), "/v/");
        Response welcome = PHONE.post(confirm, Map.of());
        assertThat(welcome.statusCode()).isEqualTo(200);
        return Browser.link(welcome.asString(), "/c/");
    }

    private Map<String, Object> member(String email) {
        return shop.liveCalls()
                .post("/v1/members/search", Map.of("email", email), 200)
                .get("data[0]");
    }

    @Test
    void aPageOfTheShopsOwnIsSmallAndAsksNobodyElseForAnything() {
        for (String path : List.of(page, page + "/poster", page + "/card", page + "?lang=vi")) {
            Response answer = PHONE.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            String html = answer.asString();
            assertThat(html.length()).as(path).isLessThan(50_000);
            assertThat(html)
                    .contains("--brand:#2e7d32")
                    .doesNotContain("<script", "style=\"", "src=\"http", "url(", "onclick");
            String policy = answer.header("Content-Security-Policy");
            assertThat(policy).contains("default-src 'none'").doesNotContain("unsafe");
            assertThat(Pattern.compile("'sha256-[^']+'").matcher(policy).results().count())
                    .isEqualTo(2);
        }
        assertThat(PHONE.get(page).asString())
                .contains("Green Rewards", "15% off to begin with", "I am 16 years old or older")
                .containsPattern("<input type=\"checkbox\" name=\"consent\" value=\"yes\">");
        assertThat(PHONE.get(page + "?lang=vi").asString())
                .contains("lang=\"vi\"", "Tôi đã đủ 16 tuổi", "Luật Bảo vệ dữ liệu cá nhân");
        assertThat(PHONE.get(page + "/qr.svg").asString()).startsWith("<svg").contains("<path");
        assertThat(PHONE.get("/j/ten_nobody").statusCode()).isEqualTo(404);
    }

    @Test
    void theAddressIsProvenBeforeAnythingIsGiven() {
        String email = address();
        assertThat(PHONE.send(page, form(email)).asString()).contains("Look into your mail box");
        Map<String, Object> unproven = member(email);
        assertThat(unproven).extractingByKey("marketing").isEqualTo(Map.of("email", false));
        assertThat(vouchers(unproven)).isEmpty();
        String mail = PHONE.mail(email, "/v/");
        assertThat(mail).doesNotContain("Lan", "/c/");
        String link = Browser.link(mail, "/v/");
        for (int i = 0; i < 3; i++) {
            assertThat(PHONE.head(link).statusCode()).isEqualTo(200);
            assertThat(PHONE.get(link).asString()).contains("Yes, that was me");
        }
        assertThat(vouchers(unproven)).isEmpty();
        String welcome = PHONE.post(link, Map.of()).asString();
        assertThat(welcome).contains("Welcome!", "15% off");
        assertThat(PHONE.post(link, Map.of()).asString()).contains("You are a member already");
        assertThat(vouchers(unproven)).containsExactly("welcome15");
        assertThat(member(email)).extractingByKey("marketing").isEqualTo(Map.of("email", true));
        String card = PHONE.get(Browser.link(welcome, "/c/")).asString();
        assertThat(card).contains("Lan", "15% off", "0 leaves", "Very Important Plant Person");
        assertThat(
                        shop.live()
                                .get("/v1/members/" + unproven.get("id") + "/consents")
                                .as(Fields.class)
                                .getString("data[0].wording"))
                .contains("birthday", "no more than one message a day");
        assertThat(deeds(unproven.get("id"))).containsExactly("member.confirmed", "member.created");
    }

    @Test
    void aGiftIsShownOnThePageOfConfirmationAsOnTheCard() {
        String email = address();
        String link = asked(email);
        shop.liveCalls()
                .patch(
                        "/v1/members/" + member(email).get("id"),
                        Map.of("time_zone", "America/Los_Angeles"));
        String welcome = PHONE.post(link, Map.of()).asString();
        String card = PHONE.get(Browser.link(welcome, "/c/")).asString();
        assertThat(voucher(welcome)).contains("15% off", "Valid until").isEqualTo(voucher(card));
    }

    private static String voucher(String html) {
        int from = html.indexOf("<div class=\"voucher\">");
        return html.substring(from, html.indexOf("</div></div>", from));
    }

    /** What the audit log has of a member's own doing. */
    private static List<String> deeds(Object member) {
        return shop.live()
                .get("/v1/audit-log?limit=200")
                .as(Fields.class)
                .getList(
                        "data.findAll{it.actor == '%1$s' && it.target == '%1$s'}.action"
                                .formatted(member));
    }

    private List<String> vouchers(Map<String, Object> member) {
        return shop.live()
                .get("/v1/members/" + member.get("id") + "/vouchers")
                .as(Fields.class)
                .getList("data.reward", String.class);
    }

    /** Fills in the form; answers the link of the mail. */
    private static String asked(String email) {
        assertThat(PHONE.send(page, form(email)).statusCode()).isEqualTo(200);
        return Browser.link(PHONE.mail(email, "/v/"), "/v/");
    }

    @Test
    void aLinkFromBeforeTheCardGotANewAddressOpensNothing() {
        String email = address();
        String link = asked(email);
        assertThat(PHONE.post(link, Map.of()).asString()).contains("/c/");
        shop.liveCalls().post("/v1/members/" + member(email).get("id") + "/card-links", 200);
        assertThat(PHONE.get(link).statusCode()).isEqualTo(410);
        assertThat(PHONE.post(link, Map.of()).asString()).doesNotContain("/c/", "15% off");
    }

    @Test
    void aLinkProvesTheAddressItWasSentToAndNoOther() {
        String mistyped = address();
        String right = address();
        String link = asked(mistyped);
        String id = member(mistyped).get("id").toString();
        shop.liveCalls().patch("/v1/members/" + id, Map.of("email", right));
        assertThat(PHONE.get(link).statusCode()).isEqualTo(410);
        assertThat(PHONE.post(link, Map.of()).asString()).doesNotContain("/c/");
        assertThat(member(right)).extractingByKey("marketing").isEqualTo(Map.of("email", false));
        assertThat(vouchers(member(right))).isEmpty();
    }

    @Test
    void aBoxThatStaysEmptyIsNoConsent() {
        String email = address();
        Map<String, String> form = form(email);
        form.remove("consent");
        join(form);
        assertThat(member(email)).extractingByKey("marketing").isEqualTo(Map.of("email", false));
    }

    @Test
    void theAnswerIsTheSameForMembersWhoGetTheLinkToTheirCard() {
        String email = address();
        String card = join(form(email));
        assertThat(PHONE.send(page, form(email)).asString()).contains("Look into your mail box");
        assertThat(Browser.link(PHONE.mail(email, "/c/"), "/c/")).isEqualTo(card);
        int before = PHONE.mails(email);
        String known = PHONE.send(page + "/card", Map.of("email", email)).asString();
        String unknown = PHONE.send(page + "/card", Map.of("email", address())).asString();
        assertThat(known).isEqualTo(unknown).contains("If somebody with this address is a member");
        assertThat(PHONE.mails(email)).as("one mail in a quarter of an hour").isEqualTo(before);
    }

    @Test
    void whatIsNotRightIsSaidAtItsFieldAndNothingIsLost() {
        Map<String, String> form = form("not an address");
        form.putAll(Map.of("birth_day", "31", "birth_month", "2", "name", "www.evil.example"));
        form.remove("old_enough");
        Response answer = PHONE.send(page, form);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.asString())
                .contains(
                        "id=\"birth-wrong\"",
                        "id=\"name-wrong\"",
                        "id=\"old_enough-wrong\"",
                        "aria-describedby=\"birth-wrong\"",
                        "value=\"not an address\"");
        Map<String, String> young = form(address());
        young.putAll(Map.of("birth_day", "1", "birth_month", "2", "birth_year", "2020"));
        assertThat(PHONE.send(page, young).statusCode()).isEqualTo(422);
        Map<String, String> nobody = new HashMap<>(Map.of("name", "Lan", "old_enough", "yes"));
        assertThat(PHONE.send(page, nobody).asString())
                .contains("an e-mail address or a phone number");
    }

    @Test
    void aFormFromElsewhereIsNotTaken() {
        String email = address();
        assertThat(PHONE.post(page, form(email)).statusCode()).isEqualTo(422);
        Map<String, String> stolen = form(email);
        stolen.put("form", PHONE.formToken(page));
        assertThat(PHONE.post(page, stolen, Map.of("Sec-Fetch-Site", "cross-site")).statusCode())
                .isEqualTo(422);
        Map<String, String> machine = form(email);
        machine.put("website", "https://spam.example");
        assertThat(PHONE.send(page, machine).statusCode()).isEqualTo(200);
        assertThat(member(email)).isNull();
    }

    @Test
    void whoFillsInTooManyFormsIsAskedToWaitAndNobodyElse() {
        Map<String, String> forms =
                Map.of("email", address(), "form", PHONE.formToken(page + "/card"));
        Map<String, String> busy = Map.of("X-Forwarded-For", "6.6.6.6, 198.51.100.7");
        for (int i = 0; i < 60; i++) {
            assertThat(PHONE.post(page + "/card", forms, busy).statusCode()).isEqualTo(200);
        }
        Response refused = PHONE.post(page + "/card", forms, busy);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 600);
        Map<String, String> other = Map.of("X-Forwarded-For", "6.6.6.6, 198.51.100.8");
        assertThat(PHONE.post(page + "/card", forms, other).statusCode())
                .as("behind the same proxy")
                .isEqualTo(200);
    }

    @Test
    void aPhoneAloneIsFoundAtTheTillAndTellsNothing() {
        Map<String, String> form =
                Map.of("name", "Minh", "phone", "0905 111 222", "old_enough", "yes");
        String first = PHONE.send(page, form).asString();
        String second = PHONE.send(page, form).asString();
        assertThat(first).isEqualTo(second).contains("just say your phone number");
        List<String> names =
                shop.live()
                        .body(Map.of("phone", "+84905111222"))
                        .post("/v1/members/search")
                        .as(Fields.class)
                        .getList("data.name", String.class);
        assertThat(names).containsExactly("Minh");
    }

    @Test
    void whoWasSentByAFriendBringsTheirCodeAlong() {
        String sender = address();
        String friend = join(form(sender));
        String invitation = Browser.link(PHONE.get(friend).asString(), "/r/");
        assertThat(member(sender).get("referral_url"))
                .as("to be passed on by the shop too")
                .asString()
                .endsWith(invitation);
        Response landing = PHONE.get(invitation);
        assertThat(landing.statusCode()).isEqualTo(303);
        String target = landing.header("Location").replaceFirst("^https?://[^/]+", "");
        String html = PHONE.get(target).asString();
        String code = Browser.first(Pattern.compile("name=\"ref\" value=\"([A-Z0-9]+)\""), html);
        String email = address();
        Map<String, String> form = form(email);
        form.putAll(Map.of("ref", code, "utm_source", "referral"));
        join(form);
        assertThat(
                        shop.live()
                                .get("/v1/referrals")
                                .as(Fields.class)
                                .getList("data.friend", String.class))
                .contains(member(email).get("id").toString());
        assertThat(member(email))
                .extractingByKey("attributes")
                .isEqualTo(Map.of("joined_by", "join_page", "utm_source", "referral"));
    }
}
