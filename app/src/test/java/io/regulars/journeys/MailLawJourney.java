package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.loyalty.Inside;
import io.regulars.platform.db.Side;
import io.regulars.testing.Marketing;
import io.regulars.testing.TestDatabase;
import io.restassured.specification.RequestSpecification;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the law of the shop's and the member's country makes of the mails to one member. */
class MailLawJourney {

    private static final String PROGRAM =
            """
            "earning": [{"key": "spend", "on": "purchase", "points": {"per_amount": 100, "award": 1}}],
            "rewards": [{"key": "five", "name": "Five off", "kind": "amount_off", "amount": 500, "valid_days": 21}]
            """;

    private static final String OFFER = "\"offer\": {\"reward\": \"five\"}, \"schedule\": {";

    @Test
    void quietHoursAndTheCapOfTwentyFourHours() {
        Marketing shop = new Marketing("Asia/Ho_Chi_Minh", "VN", "2027-02-28T17:30:00Z", PROGRAM);
        shop.run("welcome", OFFER + "}");
        shop.run("birthday", OFFER + "\"at\": \"07:15\"}");
        shop.run("monthly_progress", "\"schedule\": {\"at\": \"10:00\"}");
        shop.run("thank_you", OFFER + "}");
        String member = shop.member(Map.of("birth_date", "--03-01"));
        shop.till().advance("2027-03-01T03:30:00Z");
        // Half past midnight and a quarter past seven are night: both wait until eight.
        assertThat(shop.sent(member, "welcome")).containsExactly("2027-03-01T01:00:00Z");
        assertThat(shop.sent(member, "birthday")).containsExactly("2027-03-01T01:00:00Z");
        assertThat(shop.sent(member, "monthly_progress")).containsExactly("2027-03-01T03:00:00Z");
        shop.till().buys(member, 5_000);
        shop.till().advance("PT1M");
        assertThat(shop.messages(member))
                .filteredOn(message -> message.startsWith("thank_you"))
                .singleElement()
                .asString()
                .endsWith("skipped frequency_cap");
        assertThat(shop.voucherStates(member)).contains("cancelled");
    }

    @Test
    void anAgeIsJudgedByTheMembersCountryTooWhenItIsPlanned() {
        Marketing shop = new Marketing("America/New_York", "US", "2027-02-27T12:00:00Z", PROGRAM);
        String id = shop.run("birthday", OFFER + "}");
        Map<String, Object> fourteen = Map.of("birth_date", "2013-03-01");
        String here = shop.member(fourteen);
        Map<String, Object> abroad = new HashMap<>(fourteen);
        abroad.put("phone", "+84912345678");
        String there = shop.member(abroad);
        shop.till().advance("2027-03-02T12:00:00Z");
        assertThat(shop.messages(here)).containsExactly("birthday 2027-03-01 sent");
        assertThat(shop.messages(there)).containsExactly("birthday 2027-03-01 skipped too_young");
        Map<String, Integer> skipped =
                shop.till().api().get("/v1/campaigns/{id}/runs", id).path("data[0].skipped");
        assertThat(skipped).containsExactly(Map.entry("too_young", 1));
    }

    @Test
    void aNoByTheApiTakesBackWhatIsQueuedAndIsConfirmedOnce() {
        Marketing shop = new Marketing("Asia/Ho_Chi_Minh", "VN", "2027-02-28T17:30:00Z", PROGRAM);
        shop.run("welcome", OFFER + "}");
        String told = shop.member(Map.of());
        String byItsSystem = shop.member(Map.of("external_id", "till-7"));
        shop.till().advance("PT1M");
        shop.withdraws(told);
        shop.withdraws(told);
        shop.till()
                .api()
                .body(
                        Map.of(
                                "consents",
                                List.of(
                                        Map.of(
                                                "purpose", "marketing_email",
                                                "granted", false,
                                                "source", "crm"))))
                .put("/v1/members/ext:till-7")
                .then()
                .statusCode(200);
        shop.till().advance("PT10H");
        for (String member : List.of(told, byItsSystem)) {
            assertThat(shop.messages(member))
                    .hasSize(2)
                    .satisfiesExactly(
                            confirmed ->
                                    assertThat(confirmed)
                                            .startsWith("opt_out_confirmation")
                                            .endsWith("sent"),
                            taken -> assertThat(taken).endsWith("skipped no_consent"));
            assertThat(shop.voucherStates(member)).containsExactly("cancelled");
        }
    }

    @Test
    void aNoThatIsSaidTwiceAtOnceIsConfirmedOnce() throws Exception {
        Shop shop = ServiceUnderTest.shared().signUp();
        String member =
                Shop.enrol(
                                shop.liveCalls(),
                                Map.of("email", "twice@example.com", "consents", Shop.consent()))
                        .getString("id");
        String wayOut = Marketing.unsubscribePath(shop, Side.LIVE, member);
        try (ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor();
                Inside inside = Inside.of(shop, Side.LIVE)) {
            List<Future<Integer>> said =
                    inside.in(tx -> {
                        tx.query("select id from <t>.member where email = :email for update")
                                .bind("email", "twice@example.com")
                                .mapTo(UUID.class)
                                .one();
                        Callable<Integer> no =
                                () ->
                                        shop.service()
                                                .rawApi()
                                                .contentType("application/x-www-form-urlencoded")
                                                .formParam("List-Unsubscribe", "One-Click")
                                                .post(wayOut)
                                                .statusCode();
                        List<Future<Integer>> both = List.of(hands.submit(no), hands.submit(no));
                        Awaitility.await()
                                .until(() -> TestDatabase.waiting(shop.service().database()) >= 2);
                        return both;
                    });
            for (Future<Integer> one : said) {
                assertThat(one.get()).isEqualTo(200);
            }
        }
        assertThat(
                        shop.live()
                                .get("/v1/members/{id}/messages", member)
                                .<List<String>>path("data.kind"))
                .containsExactly("opt_out_confirmation");
    }

    /** Each kind by itself: in other systems the way out was missing from one of them. */
    @Test
    void everyAdvertisingMailHasAWayOutThatWorksAndLookingAtItsLinksChangesNothing()
            throws Exception {
        Marketing shop = new Marketing("America/New_York", "US", "2027-02-26T15:00:00Z", PROGRAM);
        shop.run("birthday", OFFER + "}");
        shop.run("monthly_progress", "\"schedule\": {\"day_of_month\": 2}");
        shop.run("nps", "\"schedule\": {}");
        shop.run("broadcast", "\"schedule\": {\"starts_at\": \"2027-03-03T15:00:00Z\"}");
        String member = shop.member(Map.of("birth_date", "--03-01"));
        shop.till().buys(member, 5_000);
        shop.till().advance("2027-03-04T12:00:00Z");
        List<MimeMessage> mails = mails(shop, member);
        assertThat(mails).hasSize(3);
        List<String> before = allOf(shop, member);
        for (MimeMessage mail : mails) {
            assertThat(mail.getHeader("List-Unsubscribe-Post"))
                    .containsExactly("List-Unsubscribe=One-Click");
            List<String> links = links(mail);
            assertThat(links).hasSizeGreaterThan(1).anyMatch(path -> path.startsWith("/u/"));
            for (String path : links) {
                assertThat(http(shop).head(path).statusCode()).as(path).isLessThan(400);
                assertThat(http(shop).get(path).statusCode()).as(path).isLessThan(400);
            }
        }
        assertThat(allOf(shop, member)).isEqualTo(before);
        String wayOut = wayOut(mails.getLast());
        for (int i = 0; i < 2; i++) {
            http(shop)
                    .contentType("application/x-www-form-urlencoded")
                    .formParam("List-Unsubscribe", "One-Click")
                    .post(wayOut)
                    .then()
                    .statusCode(200);
        }
        assertThat(shop.till().shown(member).getBoolean("marketing.email")).isFalse();
        List<String> sources =
                shop.till().api().get("/v1/members/{id}/consents", member).path("data.source");
        assertThat(sources).filteredOn("one_click"::equals).hasSize(1);
    }

    private static RequestSpecification http(Marketing shop) {
        return shop.shop().service().rawApi().redirects().follow(false);
    }

    private static List<MimeMessage> mails(Marketing shop, String member)
            throws MessagingException {
        List<String> ids =
                http(shop)
                        .queryParam("to", shop.till().shown(member).getString("email"))
                        .get("/inbox/messages")
                        .path("data.id");
        List<MimeMessage> mails = new ArrayList<>();
        for (String id : ids) {
            String raw =
                    http(shop).accept("application/json").get("/inbox/messages/" + id).path("raw");
            mails.add(
                    new MimeMessage(
                            (Session) null,
                            new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8))));
        }
        return mails;
    }

    /** As a mailbox provider reads it: exactly one address of a page, signed, in angle brackets. */
    private static String wayOut(MimeMessage mail) throws MessagingException {
        List<String> pages =
                Pattern.compile("<(https?://[^>]+)>")
                        .matcher(mail.getHeader("List-Unsubscribe", ","))
                        .results()
                        .map(found -> found.group(1))
                        .toList();
        assertThat(pages).hasSize(1);
        return URI.create(pages.getFirst()).getRawPath();
    }

    /**
     * Every address of ours in both parts, as a program that looks for harmful links finds them.
     */
    private static List<String> links(MimeMessage mail) throws Exception {
        Multipart parts = (Multipart) mail.getContent();
        Set<String> paths = new TreeSet<>(Set.of(wayOut(mail)));
        for (int i = 0; i < parts.getCount(); i++) {
            Pattern.compile("https?://[^/\"<>\\s]+(/[^\"<>\\s]*)")
                    .matcher(parts.getBodyPart(i).getContent().toString().replace("&amp;", "&"))
                    .results()
                    .map(found -> found.group(1))
                    .forEach(paths::add);
        }
        return List.copyOf(paths);
    }

    /** Everything that somebody's look might have changed. */
    private static List<String> allOf(Marketing shop, String member) {
        return Stream.of("", "/messages", "/consents", "/vouchers", "/transactions")
                .map(part -> shop.till().api().get("/v1/members/" + member + part).asString())
                .toList();
    }
}
