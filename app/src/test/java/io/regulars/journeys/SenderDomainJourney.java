package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.ServiceUnderTest;
import io.regulars.testing.Fields;
import io.regulars.testing.Marketing;
import io.regulars.testing.NameServer;
import io.regulars.testing.TestDatabase;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Mail comes from the shop's own domain when the DNS has proved it, and not before. */
class SenderDomainJourney {

    private static NameServer names;
    private static ServiceUnderTest service;
    private static Marketing shop;

    @BeforeAll
    static void open() throws Exception {
        names = new NameServer();
        service =
                ServiceUnderTest.start(
                        TestDatabase.create(),
                        Map.of(
                                "DNS_RESOLVER",
                                names.address(),
                                "MAIL_FROM",
                                "regulars@mail.example"));
        shop =
                new Marketing(
                        service,
                        "America/New_York",
                        "US",
                        "2027-02-20T12:00:00Z",
                        "\"rewards\": []");
        shop.run("birthday", "\"schedule\": {}");
    }

    @AfterAll
    static void close() {
        service.close();
        names.close();
    }

    @Test
    void aDomainIsUsedWhenAllItsRecordsPass() {
        assertThat(shown().getString("from")).isEqualTo("regulars@mail.example");
        JsonPath named = put("hello@shop.example").extract().as(Fields.class);
        assertThat(named.getBoolean("verified")).isFalse();
        String proof = named.getString("records.find { it.purpose == 'ownership' }.expected");
        assertThat(results(check())).containsExactly("missing", "missing", "missing", "missing");

        names.say("_regulars.shop.example", "regulars=somebody else's");
        names.say("shop.example", "google-site-verification=x");
        names.say("shop.example", "v=spf1 include:mail.example ~all");
        names.say("shop.example", "v=spf1 mx -all");
        names.say("regulars._domainkey.shop.example", "v=DKIM1; k=rsa; p=");
        names.say("_dmarc.shop.example", "v=DMARC1; p=maybe");
        assertThat(results(check())).containsExactly("wrong", "wrong", "wrong", "wrong");

        names.forget();
        names.say("_regulars.shop.example", proof);
        names.say("shop.example", "google-site-verification=x");
        names.say("shop.example", "v=spf1 include:other.example include:mail.example ~all");
        names.say("regulars._domainkey.shop.example", "v=DKIM1; k=rsa; p=" + "MIIB".repeat(90));
        names.say("_dmarc.shop.example", "v=DMARC1; p=reject; rua=mailto:x@shop.example");
        JsonPath verified = check();
        assertThat(results(verified)).containsExactly("pass", "pass", "pass", "pass");
        assertThat(verified.getBoolean("verified")).isTrue();
        assertThat(shown().getString("from")).isEqualTo("hello@shop.example");

        String member = shop.member(Map.of("birth_date", "--03-01"));
        shop.till().advance("2027-03-01T18:00:00Z");
        assertThat(shop.mail(member).getString("headers.From")).contains("<hello@shop.example>");

        // A silent name server takes nothing back; a record that is gone does.
        names.fallSilent();
        assertThat(check().getBoolean("verified")).isTrue();
        names.speak();
        names.forget();
        assertThat(check().getBoolean("verified")).isFalse();
    }

    @Test
    void whoNamesAnotherAddressWhileTheOldOneIsLookedUpKeepsTheNewOne() {
        put("hello@old.example");
        names.meanwhile(() -> put("hello@new.example"));
        shop.till().api().post("/v1/sender-domain/check").then().statusCode(409);
        assertThat(shown().getString("address")).isEqualTo("hello@new.example");
        assertThat(shown().getString("checked_at")).isNull();
        assertThat(check().getString("domain")).isEqualTo("new.example");
    }

    @Test
    void anAddressAtAFreeMailProviderIsRefused() {
        for (String address :
                List.of("shop@gmail.com", "shop@yahoo.com.vn", "shop@outlook.com", "me@gmx.de")) {
            JsonPath refused = refuse(address);
            assertThat(refused.getString("errors[0].code")).as(address).isEqualTo("free_mail");
        }
        assertThat(refuse("no address").getString("errors[0].pointer")).isEqualTo("/address");
    }

    private static JsonPath refuse(String address) {
        return put(address, 422).extract().as(Fields.class);
    }

    private static ValidatableResponse put(String address) {
        return put(address, 200);
    }

    private static ValidatableResponse put(String address, int status) {
        return shop.till()
                .api()
                .body(Map.of("address", address))
                .put("/v1/sender-domain")
                .then()
                .statusCode(status);
    }

    private static JsonPath shown() {
        return shop.till().api().get("/v1/sender-domain").then().extract().as(Fields.class);
    }

    private static JsonPath check() {
        return shop.till()
                .api()
                .post("/v1/sender-domain/check")
                .then()
                .statusCode(200)
                .extract()
                .as(Fields.class);
    }

    private static List<String> results(JsonPath answer) {
        return answer.getList("records.result", String.class);
    }
}
