package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.testing.Fields;
import io.regulars.testing.Marketing;
import io.regulars.testing.TestDatabase;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What comes back of mails reaches the message, the suppression list and the shop's systems. */
class ReturnsJourney {

    private static final Map<String, String> MEMBERS = new HashMap<>();

    private static int inboundPort;
    private static ServiceUnderTest service;
    private static SignedRelays relays;
    private static Marketing shop;

    @BeforeAll
    static void mailsHaveLeft() {
        inboundPort = ServiceUnderTest.freePort();
        service =
                ServiceUnderTest.start(
                        TestDatabase.create(),
                        Map.of(
                                "INBOUND_SMTP_PORT",
                                Integer.toString(inboundPort),
                                "MAILGUN_SIGNING_KEY",
                                SignedRelays.MAILGUN_KEY,
                                "SENDGRID_VERIFICATION_KEY",
                                SignedRelays.sendgridKey(),
                                "MAIL_FROM",
                                "regulars@mail.example"));
        relays = new SignedRelays(service);
        shop =
                new Marketing(
                        service,
                        "America/New_York",
                        "US",
                        "2027-02-20T12:00:00Z",
                        "\"rewards\": []");
        shop.run("birthday", "\"schedule\": {}");
        for (String name : List.of("gone", "full", "annoyed", "quiet", "relayed", "other")) {
            MEMBERS.put(name, shop.member(Map.of("birth_date", "--03-01")));
        }
        shop.till().advance("2027-03-01T18:00:00Z");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void anAddressThatDoesNotWorkIsSuppressedAndTheShopIsTold() throws IOException {
        String returns = header("gone", "Return-Path").replaceAll("[<>]", "");
        assertThat(returns).matches("c[0-9a-z]{59}@mail\\.example");
        for (int i = 0; i < 2; i++) {
            assertThat(mail(returns, bounced("5.1.1", "smtp; 550 no such user"))).startsWith("250");
        }
        assertThat(message("gone").getString("data[0].bounce")).isEqualTo("hard");
        assertThat(message("gone").getString("data[0].state")).isEqualTo("sent");
        String email = email("gone");
        assertThat(suppressions()).contains(email + " hard_bounce");
        List<Map<String, Object>> events =
                shop.till().api().get("/v1/events?type=message.bounced").path("data.data");
        assertThat(events)
                .filteredOn(event -> event.get("member").equals(MEMBERS.get("gone")))
                .singleElement()
                .satisfies(event ->
                        assertThat(event)
                                .containsEntry("kind", "hard")
                                .containsEntry("reason", "5.1.1 smtp; 550 no such user"));
        shop.till().api().delete("/v1/suppressions/{email}", email).then().statusCode(204);
        shop.till().api().delete("/v1/suppressions/{email}", email).then().statusCode(404);
    }

    @Test
    void aFullMailboxIsNotedAndNothingElse() throws IOException {
        String returns = header("full", "Return-Path").replaceAll("[<>]", "");
        mail(returns.toUpperCase(Locale.ROOT), bounced("5.2.2", "smtp; 552 mailbox full"));
        assertThat(message("full").getString("data[0].bounce")).isEqualTo("soft");
        assertThat(suppressions()).noneMatch(line -> line.startsWith(email("full")));
    }

    @Test
    void aComplaintIsMatchedByTheMessageIdAndEndsItAll() throws IOException {
        String report =
                """
                From: feedback@mailbox.example
                Content-Type: multipart/report; report-type=feedback-report; boundary="b"
                MIME-Version: 1.0

                --b
                Content-Type: text/plain

                A complaint.
                --b
                Content-Type: message/feedback-report

                Feedback-Type: abuse
                User-Agent: Mailbox/1
                Version: 1

                --b
                Content-Type: message/rfc822

                Message-ID: %s
                Subject: Today is your day!

                Hello
                --b--
                """
                        .formatted(header("annoyed", "Message-ID"));
        assertThat(mail("abuse@mail.example", report)).startsWith("250");
        assertThat(message("annoyed").getString("data[0].bounce")).isEqualTo("complaint");
        assertThat(suppressions()).contains(email("annoyed") + " complaint");
    }

    @Test
    void aMailToTheUnsubscribeAddressIsANo() throws IOException {
        String header = header("quiet", "List-Unsubscribe");
        assertThat(header).contains("/u/").contains("<mailto:v");
        String address = header.replaceAll("(?s).*<mailto:([^?>]+).*", "$1");
        assertThat(mail(address, "Subject: unsubscribe\n\n")).startsWith("250");
        assertThat(shop.till().shown(MEMBERS.get("quiet")).getBoolean("marketing.email")).isFalse();
    }

    @Test
    void anAddressThatWasNotMadeHereIsRefused() throws IOException {
        String genuine = header("quiet", "Return-Path").replaceAll("[<>]", "");
        String forged = (genuine.charAt(5) == 'a' ? 'b' : 'a') + genuine.substring(6);
        for (String address :
                List.of(
                        "nobody@mail.example",
                        genuine.substring(0, 5) + forged,
                        "c" + "0".repeat(59) + "@mail.example",
                        "u" + genuine.substring(1))) {
            assertThat(mail(address, bounced("5.1.1", "x"))).as(address).startsWith("550");
        }
    }

    @Test
    void aRelaysWordCountsWhenItIsSigned() throws Exception {
        String id = header("relayed", "Message-ID").replaceAll("[<>]", "");
        assertThat(relays.mailgunFailed("00", id).statusCode()).isEqualTo(401);
        assertThat(relays.mailgun("not json").statusCode()).isEqualTo(401);
        assertThat(message("relayed").getString("data[0].bounce")).isNull();
        assertThat(relays.mailgunFailed(id).statusCode()).isEqualTo(200);
        assertThat(message("relayed").getString("data[0].bounce")).isEqualTo("hard");
        assertThat(relays.mailgunFailed("x@y.example").statusCode()).isEqualTo(200);
    }

    @Test
    void theOtherRelaysWordCountsWhenItsSignatureHolds() throws Exception {
        String body =
                """
                [{"event": "bounce", "type": "bounce", "smtp-id": "%s", "reason": "550 gone"},
                 {"event": "open", "smtp-id": "%s"}]
                """
                        .formatted(header("other", "Message-ID"), header("other", "Message-ID"));
        KeyPair strangers = SignedRelays.keys();
        assertThat(
                        relays.sendgrid(body, "7", SignedRelays.sign(strangers, "7" + body))
                                .statusCode())
                .isEqualTo(401);
        assertThat(relays.sendgrid(body, "8", SignedRelays.sign("7" + body)).statusCode())
                .isEqualTo(401);
        assertThat(relays.sendgrid(body + " ", "7", SignedRelays.sign("7" + body)).statusCode())
                .isEqualTo(401);
        assertThat(relays.sendgrid(body, "7", "no base64 at all").statusCode()).isEqualTo(401);
        assertThat(message("other").getString("data[0].bounce")).isNull();
        Response taken = relays.sendgrid(body, "7", SignedRelays.sign("7" + body));
        assertThat(taken.statusCode()).isEqualTo(200);
        assertThat(taken.<Integer>path("events")).isEqualTo(1);
        assertThat(message("other").getString("data[0].bounce")).isEqualTo("hard");
    }

    @Test
    void aShopWhoseMailComesBackTooOftenIsPausedAndItsOwnersAreTold() throws Exception {
        Shop live = service.signUp("America/New_York", "US", "USD");
        Shop.publish(live.liveCalls(), Shop.program("USD", 100));
        Shop.campaign(live.liveCalls(), Map.of("name", "w", "kind", "welcome"));
        for (int i = 0; i < 100; i++) {
            Shop.enrol(live.liveCalls(), Map.of("email", "bad" + i + "@list.example"));
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        live.live()
                                        .get("/v1/messages?limit=200&state=sent")
                                        .<List<Object>>path("data")
                                        .size()
                                == 100);
        for (int i = 0; i < 6; i++) {
            assertThat(live.live().get("/v1/tenant").<Boolean>path("sending_stopped"))
                    .as("with " + i + " in a hundred")
                    .isFalse();
            assertThat(relays.mailgunFailed(messageIdOf("bad" + i)).statusCode()).isEqualTo(200);
        }
        assertThat(live.live().get("/v1/tenant").<Boolean>path("sending_stopped")).isTrue();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        subjectsTo(live.email()).stream()
                                .anyMatch(s -> s.startsWith("Đã tạm dừng gửi thư")));
    }

    private static String messageIdOf(String name) {
        String id =
                service.rawApi()
                        .queryParam("to", name + "@list.example")
                        .get("/inbox/messages")
                        .path("data[0].id");
        String header =
                service.rawApi()
                        .accept("application/json")
                        .get("/inbox/messages/" + id)
                        .path("headers.'Message-ID'");
        return header.replaceAll("[<>]", "");
    }

    private static List<String> subjectsTo(String address) {
        return service.rawApi()
                .queryParam("to", address)
                .get("/inbox/messages")
                .path("data.subject");
    }

    @Test
    void addressesAreSuppressedByHandToo() {
        shop.till()
                .api()
                .body(Map.of("email", "Somebody@Example.com"))
                .post("/v1/suppressions")
                .then()
                .statusCode(201);
        assertThat(suppressions()).contains("somebody@example.com manual");
        shop.shop()
                .service()
                .rawApi()
                .header("Authorization", "Bearer " + shop.shop().testKey())
                .contentType("application/json")
                .body("{\"email\": \"no address\"}")
                .post("/v1/suppressions")
                .then()
                .statusCode(422);
    }

    private static String email(String name) {
        return shop.till().shown(MEMBERS.get(name)).getString("email");
    }

    private static JsonPath message(String name) {
        return shop.till()
                .api()
                .get("/v1/members/{id}/messages", MEMBERS.get(name))
                .then()
                .statusCode(200)
                .extract()
                .as(Fields.class);
    }

    private static String header(String name, String header) {
        return shop.mail(MEMBERS.get(name)).getString("headers.'" + header + "'");
    }

    private static List<String> suppressions() {
        List<Map<String, String>> data =
                shop.till()
                        .api()
                        .get("/v1/suppressions?limit=200")
                        .then()
                        .statusCode(200)
                        .extract()
                        .as(Fields.class)
                        .get("data");
        List<String> lines = new ArrayList<>();
        data.forEach(line -> lines.add(line.get("email") + " " + line.get("reason")));
        return lines;
    }

    private static String bounced(String status, String diagnostic) {
        return """
        From: MAILER-DAEMON@mx.example
        Subject: Undelivered Mail
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"

        --b
        Content-Type: text/plain

        It did not work.
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example

        Final-Recipient: rfc822; somebody@example.com
        Action: failed
        Status: %s
        Diagnostic-Code: %s

        --b--
        """
                .formatted(status, diagnostic);
    }

    /** Speaks SMTP; answers the last reply that the server gave to the mail. */
    private static String mail(String recipient, String content) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), inboundPort);
                BufferedReader in =
                        new BufferedReader(
                                new InputStreamReader(
                                        socket.getInputStream(), StandardCharsets.UTF_8))) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            in.readLine();
            say(out, "HELO mx.example");
            in.readLine();
            say(out, "MAIL FROM:<>");
            in.readLine();
            say(out, "RCPT TO:<" + recipient + ">");
            String answer = in.readLine();
            if (!answer.startsWith("250")) {
                return answer;
            }
            say(out, "DATA");
            in.readLine();
            say(out, content.replace("\n", "\r\n") + "\r\n.");
            return in.readLine();
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
