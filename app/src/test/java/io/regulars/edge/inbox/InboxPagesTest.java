package io.regulars.edge.inbox;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.regulars.edge.EdgeService;
import io.regulars.edge.HostileStrings;
import io.regulars.edge.Tags;
import io.regulars.platform.smtp.Handover;
import io.regulars.platform.smtp.Lines;
import io.regulars.platform.smtp.Mailbox;
import io.regulars.platform.smtp.Outgoing;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class InboxPagesTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static EdgeService service;

    @BeforeAll
    static void start() throws Exception {
        service = EdgeService.start(Optional.empty());
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    @Test
    void programsListTheNewestOfOneAddress() {
        deliver("a@member.example", "One", "<p>1</p>", "1");
        deliver("a@member.example", "Two", "<p>2</p>", "2");
        deliver("b@member.example", "Three", "<p>3</p>", "3");
        service.http()
                .queryParam("to", "A@Member.example")
                .get("/inbox/messages")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body(field("data.subject", equalTo(List.of("Two", "One"))))
                .body(field("data[0].from", equalTo("hello@shop.example")))
                .body(field("data[0].to", equalTo("a@member.example")))
                .body(field("data[0].sent_at", equalTo("2026-11-22T12:00:00Z")))
                .body("data[0].size()", equalTo(5))
                .body("size()", equalTo(1));
        service.http()
                .queryParam("to", "a@member.example")
                .queryParam("limit", 1)
                .get("/inbox/messages")
                .then()
                .body(field("data", hasSize(1)));
        for (String limit : List.of("0", "-1", "x", "1000000")) {
            service.http()
                    .queryParam("limit", limit)
                    .get("/inbox/messages")
                    .then()
                    .statusCode(422)
                    .contentType("application/problem+json");
        }
    }

    @Test
    void programsOpenAMail() {
        String id = deliver("open@member.example", "Quà", "<p>Quà</p>", "Quà của bạn");
        for (String accept : List.of("*/*", "application/json")) {
            service.http()
                    .header("Accept", accept)
                    .get("/inbox/messages/" + id)
                    .then()
                    .statusCode(200)
                    .contentType("application/json")
                    .body(field("headers.Subject", equalTo("Quà")))
                    .body("headers.'X-A'", equalTo("đ"))
                    .body(field("text", containsString("Quà của bạn")))
                    .body(field("html", equalTo("<p>Quà</p>")))
                    .body(field("raw", containsString("Message-ID: <")));
        }
        service.http()
                .get("/inbox/messages/000000000000001")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    @Test
    void peopleSeeTheListAndTheMail() {
        String id =
                deliver(
                        "people@member.example",
                        "<b>Bold</b>",
                        "<p>hi</p>",
                        "Go to https://shops.example/v/abc, now.");
        service.browser("en")
                .queryParam("to", "people@member.example")
                .get("/inbox")
                .then()
                .statusCode(200)
                .body(
                        allOf(
                                containsString("/inbox/messages/" + id),
                                containsString("&lt;b&gt;Bold&lt;/b&gt;")));
        Response page = service.browser("en").get("/inbox/messages/" + id);
        page.then()
                .statusCode(200)
                .contentType("text/html;charset=utf-8")
                .header("Content-Security-Policy", containsString("frame-src 'self'"))
                .body(
                        allOf(
                                containsString("<iframe sandbox=\"\" src=\"/inbox/messages/" + id),
                                containsString("href=\"https://shops.example/v/abc\""),
                                not(containsString("<b>Bold"))));
        service.browser("en")
                .get("/inbox/messages/1")
                .then()
                .statusCode(404)
                .contentType("text/html;charset=utf-8")
                .body(containsString("nothing here"));
    }

    @Test
    void theMailsOwnHtmlIsShownUnderAPolicyThatRunsNothing() {
        String id = deliver("x@member.example", "x", "<script>alert(1)</script>", "x");
        service.browser("en")
                .get("/inbox/messages/" + id + "/html")
                .then()
                .statusCode(200)
                .header(
                        "Content-Security-Policy",
                        allOf(
                                containsString("sandbox;"),
                                containsString("default-src 'none'"),
                                containsString("img-src https: data:;"),
                                containsString("frame-ancestors 'self'"),
                                not(containsString("script-src")),
                                not(containsString("allow-"))))
                .header("X-Frame-Options", "SAMEORIGIN")
                .header("X-Content-Type-Options", "nosniff");
    }

    @Test
    void whatIsSearchedForBecomesNoMarkup() throws Exception {
        List<String> plain = tags(service.browser("en").queryParam("to", "nobody").get("/inbox"));
        for (String hostile : HostileStrings.markup()) {
            Response page = service.browser("en").queryParam("to", hostile).get("/inbox");
            if (!hostile.isBlank() && page.statusCode() == 200) {
                assertThat(tags(page)).as(hostile).isEqualTo(plain);
            }
        }
    }

    @Test
    void aForeignNameForThisMachineSeesNothing() {
        deliver("secret@member.example", "Secret", "<p>s</p>", "s");
        for (String path : List.of("/inbox", "/inbox/messages", "/inbox/messages/1")) {
            for (String host :
                    List.of(
                            "evil.example",
                            "localhost.evil.example:80",
                            "127.0.0.1.evil.example",
                            "10.0.0.1:8080")) {
                service.http()
                        .header("Host", host)
                        .get(path)
                        .then()
                        .statusCode(403)
                        .body(not(containsString("Secret")));
            }
        }
        for (String host : List.of("localhost:8080", "LOCALHOST", "127.0.0.1", "[::1]:8080")) {
            service.http().header("Host", host).get("/inbox/messages").then().statusCode(200);
        }
    }

    @Test
    void aProxyOnThisMachineDoesNotMakeTheWorldLocal() {
        for (String header : List.of("X-Forwarded-For", "Forwarded", "Via")) {
            service.browser("en")
                    .header(header, "for=203.0.113.9")
                    .get("/inbox")
                    .then()
                    .statusCode(403)
                    .contentType("text/html;charset=utf-8");
        }
    }

    private static List<String> tags(Response page) {
        return Tags.of(page.asString()).stream()
                .map(tag -> tag.replaceAll(" value=\"[^\"]*\"", ""))
                .toList();
    }

    private static String deliver(String to, String subject, String html, String text) {
        Outgoing mail =
                new Outgoing(
                        "bounce@mail.example",
                        new Mailbox("Quán Nhỏ", "hello@shop.example"),
                        null,
                        Mailbox.of(to),
                        subject,
                        Lines.of(html),
                        text,
                        "<" + COUNT.incrementAndGet() + "@mail.example>",
                        Map.of("X-A", "đ"),
                        Instant.parse("2026-11-22T12:00:00Z"));
        assertThat(service.relay.deliver(mail)).isInstanceOf(Handover.Accepted.class);
        return service.inbox.list(to, 1).getFirst().id();
    }
}
