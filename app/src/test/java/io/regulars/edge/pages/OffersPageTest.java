package io.regulars.edge.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.regulars.edge.EdgeService;
import io.regulars.edge.HostileStrings;
import io.regulars.edge.Tags;
import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.secrets.Purpose;
import io.restassured.response.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OffersPageTest {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static EdgeService service;
    private static TenantRef shop;

    @BeforeAll
    static void start() throws Exception {
        service = EdgeService.start(Optional.empty());
        shop = service.shop("Cloud Coffee", "cloud@shop.example", "en");
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    @Test
    void aScannerThatFollowsTheLinkStopsNothing() {
        MemberId member = member();
        String link = service.link(shop, member);
        for (int i = 0; i < 3; i++) {
            service.http().head(link).then().statusCode(200);
            service.http()
                    .get(link)
                    .then()
                    .statusCode(200)
                    .body(
                            allOf(
                                    containsString("Cloud Coffee"),
                                    containsString("Unsubscribe from all offers")));
        }
        assertThat(wantsMail(member)).isTrue();
        assertThat(consents(member)).isEmpty();
    }

    @Test
    void oneClickStopsWithoutCookiesOrRedirectAndTwiceIsAsOnce() throws Exception {
        MemberId member = member();
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer = post(member, FORM, "List-Unsubscribe=One-Click");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("You are unsubscribed");
            assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        }
        assertThat(wantsMail(member)).isFalse();
        assertThat(consents(member)).containsExactly("one_click:false");
    }

    @Test
    void noTopicAtAllIsANo() throws Exception {
        MemberId member = member();
        HttpResponse<String> answer = post(member, FORM, "action=choose");
        assertThat(answer.body()).contains("You are unsubscribed");
        assertThat(wantsMail(member)).isFalse();
        assertThat(consents(member)).containsExactly("unsubscribe_page:false");
    }

    @Test
    void oneClickIsTakenInWhateverFormItComes() throws Exception {
        for (List<String> form :
                List.of(
                        List.of(FORM + "; charset=utf-8", "List-Unsubscribe=One-Click"),
                        List.of(
                                "multipart/form-data; boundary=b",
                                "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n"),
                        List.of("multipart/form-data", "broken"),
                        List.of("text/plain", "List-Unsubscribe=One-Click"),
                        List.of("application/json", "{"),
                        List.of("application/x-nonsense", "%%%"),
                        List.of(FORM, "%%%=%"),
                        List.of(FORM, "List-Unsubscribe=One-Click&action=resubscribe"),
                        List.of(FORM, ""))) {
            MemberId member = member();
            assertThat(post(member, form.getFirst(), form.getLast()).statusCode())
                    .as(form.toString())
                    .isEqualTo(200);
            assertThat(consents(member)).as(form.toString()).containsExactly("one_click:false");
        }
    }

    @Test
    void oneClickNeedsNoContentTypeAndNoBody() {
        MemberId member = member();
        service.http().post(service.link(shop, member)).then().statusCode(200);
        assertThat(wantsMail(member)).isFalse();
    }

    @Test
    void thePagesOwnButtonsStopAndTakeBackWithTheWordingThatWasShown() {
        MemberId member = member();
        String link = service.link(shop, member);
        browse(link, "action=unsubscribe").then().statusCode(200);
        assertThat(wantsMail(member)).isFalse();
        String offered = service.browser("en").get(link).asString();
        browse(link, "action=resubscribe&lang=en")
                .then()
                .statusCode(200)
                .body(containsString("Welcome back"));
        browse(link, "action=resubscribe&lang=en").then().statusCode(200);
        assertThat(wantsMail(member)).isTrue();
        assertThat(consents(member))
                .containsExactly("unsubscribe_page:false", "unsubscribe_page:true");
        String wording =
                service.column(
                                shop,
                                "select wording from <t>.consent_event where granted and member_id = '"
                                        + member.uuid()
                                        + "'",
                                String.class)
                        .getFirst();
        assertThat(wording).contains("Cloud Coffee");
        assertThat(offered).contains(wording);
        assertThat(deeds(member))
                .as("the second yes changed nothing")
                .containsExactly("audit.member.consent_changed", "audit.member.consent_changed");
    }

    @Test
    void aMemberOfASuspendedShopMaySayNo() {
        TenantRef suspended = service.shop("Suspended", "suspended@shop.example", "en");
        MemberId member = service.member(suspended, "Lan", null);
        service.tenancy.states().suspend(suspended.id());
        String link = service.link(suspended, member);
        service.http().get(link).then().statusCode(200).body(containsString("Suspended"));
        service.http().post(link).then().statusCode(200);
        assertThat(
                        service.column(
                                suspended, "select marketing_email from <t>.member", Boolean.class))
                .containsExactly(false);
    }

    @Test
    void whoIsGoneIsToldThatNothingComesAndNothingElse() {
        TenantRef closed = service.shop("Closed", "closed@shop.example", "en");
        MemberId member = service.member(closed, "Lan", null);
        service.tenancy.states().delete(closed.id());
        for (String link :
                List.of(service.link(shop, MemberId.next()), service.link(closed, member))) {
            for (Response page :
                    List.of(service.browser("en").get(link), service.browser("en").post(link))) {
                page.then()
                        .statusCode(410)
                        .body(
                                allOf(
                                        containsString("Nothing more will come"),
                                        not(containsString("Lan")),
                                        not(containsString("Closed")),
                                        not(containsString("Cloud Coffee"))));
            }
        }
    }

    @Test
    void aTokenOfAnotherPurposeOrHandIsRefused() {
        MemberId member = member();
        String token = service.link(shop, member).substring("/u/".length());
        String payload =
                service.signer.verify(Purpose.UNSUBSCRIBE, token, Instant.MAX).orElseThrow();
        String card = service.signer.sign(Purpose.MEMBER_CARD, payload, Optional.empty());
        String bent = (token.startsWith("B") ? "C" : "B") + token.substring(1);
        for (String wrong : List.of(card, bent, "nonsense", token + "A")) {
            service.browser("en").get("/u/" + wrong).then().statusCode(404);
            service.browser("vi")
                    .post("/u/" + wrong)
                    .then()
                    .statusCode(404)
                    .body(containsString("Đường dẫn này không dùng được"));
        }
        assertThat(wantsMail(member)).isTrue();
    }

    @Test
    void inventedLinksAreNotCounted() {
        for (int i = 0; i < 70; i++) {
            browse("/u/invented", "action=resubscribe&lang=en").then().statusCode(404);
            browse("/n/invented", "score=9").then().statusCode(404);
        }
        String link = service.link(shop, member());
        for (int i = 0; i < 60; i++) {
            browse(link, "action=resubscribe&lang=en").then().statusCode(200);
        }
        browse(link, "action=resubscribe&lang=en").then().statusCode(429);
        browse(link, "action=unsubscribe").then().statusCode(200);
    }

    @Test
    void speaksTheMembersLanguageElseTheShops() {
        TenantRef vietnamese = service.shop("Mây", "may@shop.example", "vi-VN");
        assertLanguage(shop, "vi-VN", "en", "vi");
        assertLanguage(shop, null, "vi", "en");
        assertLanguage(vietnamese, "en", "vi", "en");
        assertLanguage(vietnamese, "fr", ";;;", "vi");
    }

    @Test
    void noNameBecomesMarkup() throws Exception {
        MemberId member = member();
        String link = service.link(shop, member);
        List<String> tags = Tags.of(service.browser("en").get(link).asString());
        for (String hostile : HostileStrings.markup()) {
            if (hostile.indexOf('\0') < 0) {
                rename(member, hostile);
                Response page = service.browser("en").get(link);
                assertThat(page.statusCode()).as(hostile).isEqualTo(200);
                assertThat(Tags.of(page.asString())).as(hostile).isEqualTo(tags);
            }
        }
    }

    private static MemberId member() {
        return service.member(shop, "Lan", null);
    }

    private static void rename(MemberId member, String name) {
        service.databases
                .tenants()
                .run(
                        shop,
                        tx ->
                                tx.update("update <t>.member set name = :name where id = :id")
                                        .bind("name", name)
                                        .bind("id", member.uuid())
                                        .execute());
    }

    private static Response browse(String link, String body) {
        return service.browser("en").contentType(FORM).body(body).post(link);
    }

    /** Sends what RestAssured would refuse to, and follows no redirect. */
    private static HttpResponse<String> post(MemberId member, String contentType, String body)
            throws Exception {
        URI address = URI.create("http://127.0.0.1:" + service.port() + service.link(shop, member));
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(address)
                            .header("Content-Type", contentType)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static void assertLanguage(
            TenantRef of, @Nullable String locale, String asked, String spoken) {
        service.browser(asked)
                .get(service.link(of, service.member(of, null, locale)))
                .then()
                .statusCode(200)
                .header("Content-Language", spoken)
                .body(containsString("<html lang=\"" + spoken + "\">"));
    }

    private static boolean wantsMail(MemberId member) {
        return service.column(
                        shop,
                        "select marketing_email from <t>.member where id = '" + member.uuid() + "'",
                        Boolean.class)
                .getFirst();
    }

    /** What the audit log has of the member's own doing. */
    private static List<String> deeds(MemberId member) {
        return service.column(
                shop,
                "select type from <t>.event where type like 'audit.%%' and data->>'actor' = '%1$s' and data->>'target' = '%1$s' order by id"
                        .formatted(member),
                String.class);
    }

    private static List<String> consents(MemberId member) {
        return service.column(
                shop,
                "select source || ':' || granted from <t>.consent_event where member_id = '"
                        + member.uuid()
                        + "' order by id",
                String.class);
    }
}
