package io.regulars.journeys;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.regulars.ServiceUnderTest;
import io.regulars.testing.Browser;
import io.regulars.testing.Fields;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** An owner opens a shop by the pages alone. */
class OpenShopJourney {

    private static final String PASSWORD = "five small red boats";

    private final ServiceUnderTest service = ServiceUnderTest.shared();

    @Test
    void anOwnerOpensAShopWithoutALineOfCode() {
        Browser phone = new Browser(service, "vi");
        assertThat(phone.get("/").asString()).contains("href=\"/signup\"");
        assertThat(phone.get("/signup").asString())
                .contains("<option value=\"VN\" selected>Việt Nam</option>")
                .contains("<option selected>Asia/Ho_Chi_Minh</option>");
        Response sent = phone.post("/signup", filled("one@openshop.example"));
        sent.then().statusCode(200);
        assertThat(sent.asString()).contains("one@openshop.example");

        String link = Browser.link(phone.mail("one@openshop.example", "/v/"), "/v/");
        String opened = phone.post(link, Map.of()).asString();
        Matcher key = Pattern.compile("rk_live_[0-9A-Za-z]+").matcher(opened);
        assertThat(key.find()).isTrue();
        service.api()
                .header("Authorization", "Bearer " + key.group())
                .get("/v1/tenant")
                .then()
                .statusCode(200)
                .body(field("business_name", equalTo("Cà phê Sông Hương")))
                .body(field("time_zone", equalTo("Asia/Ho_Chi_Minh")))
                .body(field("locale", equalTo("vi")));
        Fields program =
                service.api()
                        .header("Authorization", "Bearer " + key.group())
                        .get("/v1/program")
                        .as(Fields.class);
        assertThat(program.getString("currency")).isEqualTo("VND");
        assertThat(program.getString("stamp_cards")).contains("coffee");
    }

    @Test
    void whatIsMissingIsSaidAtItsFieldAndNothingThatWasTypedIsLost() {
        Map<String, String> fields = filled("two@openshop");
        fields.put("password", "short");
        fields.put("time_zone", "");
        Response refused = new Browser(service, "en").post("/signup", fields);
        refused.then().statusCode(422);
        assertThat(refused.asString())
                .contains("This is not an e-mail address.")
                .contains("It has to have at least 10 characters.")
                .contains("Please choose the city nearest to you.")
                .contains("value=\"Cà phê Sông Hương\"")
                .contains("<option value=\"VN\" selected>")
                .doesNotContain("short\"");
    }

    @Test
    void theAnswerDoesNotTellWhetherTheAddressHasAnAccount() {
        Browser phone = new Browser(service, "en");
        String first = phone.post("/signup", filled("three@openshop.example")).asString();
        phone.post(Browser.link(phone.mail("three@openshop.example", "/v/"), "/v/"), Map.of());
        assertThat(phone.post("/signup", filled("three@openshop.example")).asString())
                .isEqualTo(first);
    }

    @Test
    void aMachineThatFillsInEverythingGetsTheSameAnswerAndNoMail() {
        Browser phone = new Browser(service, "en");
        Map<String, String> fields = filled("machine@openshop.example");
        fields.put("website", "https://machine.example");
        phone.post("/signup", fields).then().statusCode(200);
        phone.post("/signup", filled("after@openshop.example")).then().statusCode(200);
        phone.mail("after@openshop.example", "/v/");
        assertThat(phone.mails("machine@openshop.example")).isZero();
    }

    private static Map<String, String> filled(String email) {
        return new HashMap<>(
                Map.of(
                        "business_name", "Cà phê Sông Hương",
                        "email", email,
                        "password", PASSWORD,
                        "country", "VN",
                        "time_zone", "Asia/Ho_Chi_Minh",
                        "currency", "",
                        "locale", "vi",
                        "preset", "stamp-card"));
    }
}
