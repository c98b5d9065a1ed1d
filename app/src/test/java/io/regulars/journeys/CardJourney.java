package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.edge.HostileStrings;
import io.regulars.edge.Tags;
import io.regulars.testing.Browser;
import io.regulars.testing.Fields;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What members see and do on their own card. */
class CardJourney {

    private static final Browser PHONE = new Browser(ServiceUnderTest.shared(), "en");
    private static Shop shop;

    @BeforeAll
    static void open() {
        shop =
                ServiceUnderTest.shared()
                        .signUp("Asia/Ho_Chi_Minh", "VN", "USD", Map.of("preset", "green-rewards"));
    }

    private static JsonPath member(String name) {
        return Shop.enrol(
                shop.liveCalls(),
                Map.of(
                        "name",
                        name,
                        "email",
                        "m" + UUID.randomUUID() + "@example.com",
                        "locale",
                        "en",
                        "consents",
                        Shop.consent()));
    }

    private static String card(JsonPath member) {
        return member.getString("card_url").replaceFirst("^https?://[^/]+", "");
    }

    private static void buys(JsonPath member, long amount) {
        shop.liveCalls()
                .post(
                        "/v1/purchases",
                        Map.of(
                                "source",
                                "till",
                                "order_id",
                                UUID.randomUUID().toString(),
                                "member",
                                member.getString("id"),
                                "amount",
                                amount),
                        201);
    }

    @Test
    void aCardShowsWhereOneStandsWhatIsWithinReachAndWhy() {
        JsonPath lan = member("Lan");
        String card = card(lan);
        assertThat(PHONE.get(card).asString()).contains("0 leaves", "Missing:", "$500.00");
        buys(lan, 20_000);
        Response answer = PHONE.get(card);
        assertThat(answer.asString())
                .contains(
                        "200 leaves",
                        "$300.00",
                        "value=\"40\"",
                        "You can have it now",
                        "1 leaf for every $1.00",
                        "+200 leaves",
                        "15% off",
                        "/q/");
        assertThat(answer.asString().length()).isLessThan(50_000);
        assertThat(answer.asString()).doesNotContain("<script", "style=\"", "src=\"http", "url(");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(PHONE.get(card + "?lang=vi").asString())
                .contains("200 lá", "Quà có thể đổi", "Người làm vườn");
    }

    @Test
    void aTierThatEndsNamesTheYearThatKeepsIt() {
        JsonPath mai = member("Mai");
        buys(mai, 60_000);
        String by =
                shop.liveCalls()
                        .get("/v1/members/" + mai.getString("id"))
                        .getString("tier.progress.to_keep.by");
        int year =
                Instant.parse(by).minusSeconds(1).atZone(ZoneId.of("Asia/Ho_Chi_Minh")).getYear();
        assertThat(PHONE.get(card(mai)).asString())
                .contains("To keep it longer you need another <bdi>$500.00</bdi> in " + year + ".");
        assertThat(PHONE.get(card(mai) + "?lang=vi").asString())
                .contains("</bdi> trong năm " + year + ".");
    }

    @Test
    void onlyTheRightAddressOpensACard() {
        String card = card(member("Lan"));
        for (String other :
                List.of(
                        card + "x",
                        card.substring(0, card.length() - 1),
                        "/c/" + "A".repeat(90),
                        card.replace("/c/", "/c/A"),
                        "/c/x")) {
            Response answer = PHONE.get(other);
            assertThat(answer.statusCode()).as(other).isEqualTo(404);
            assertThat(answer.asString()).doesNotContain("Lan", "Green");
        }
        assertThat(PHONE.get(card.replace("/c/", "/u/")).statusCode()).isEqualTo(404);
        assertThat(PHONE.get(card + "/data.json").statusCode()).isEqualTo(200);
    }

    @Test
    void aMemberIsAskedToAgreeToTermsThatHaveChanged() {
        JsonPath lan = member("Lan");
        String card = card(lan);
        assertThat(PHONE.get(card).asString()).doesNotContain("The terms have changed");
        int version =
                shop.liveCalls()
                        .post("/v1/program/publish", Map.of("reason", "A year has passed"), 200)
                        .get("version");
        assertThat(PHONE.get(card).asString()).contains("The terms have changed", "/t/");
        Response agreed = PHONE.post(card, Map.of("action", "accept"));
        assertThat(agreed.statusCode()).isEqualTo(200);
        assertThat(agreed.asString())
                .contains("You have agreed")
                .doesNotContain("The terms have changed");
        JsonPath after = shop.live().get("/v1/members/" + lan.getString("id")).as(Fields.class);
        assertThat(after.getInt("program_version")).isEqualTo(version);
    }

    @Test
    void membersCorrectWhatIsKnownOfThem() {
        JsonPath lan = member("Lann");
        String card = card(lan);
        Response done =
                PHONE.post(
                        card,
                        Map.of(
                                "action", "correct",
                                "name", "Lan Anh",
                                "phone", "0905 123 456",
                                "birth_day", "7",
                                "birth_month", "3",
                                "birth_year", "",
                                "locale", "en"));
        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(done.asString()).contains("Lan Anh", "Your data are as you wrote them");
        JsonPath after = shop.live().get("/v1/members/" + lan.getString("id")).as(Fields.class);
        assertThat(after.getString("phone")).isEqualTo("+84905123456");
        assertThat(after.getString("birth_date")).isEqualTo("--03-07");
        Response wrong =
                PHONE.post(
                        card,
                        Map.of("action", "correct", "name", "X", "phone", "12", "locale", "en"));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.asString()).contains("This is not a phone number", "Lan Anh");
    }

    @Test
    void aNewAddressMakesTheOldOneDead() {
        JsonPath lan = member("Lan");
        String card = card(lan);
        String moved = PHONE.post(card, Map.of("action", "new_address")).asString();
        String next = Browser.link(moved.substring(moved.indexOf("class=\"copy\"")), "/c/");
        assertThat(next).isNotEqualTo(card);
        assertThat(PHONE.get(card).statusCode()).isEqualTo(404);
        assertThat(PHONE.get(card + "/data.json").statusCode()).isEqualTo(404);
        assertThat(PHONE.get(next).statusCode()).isEqualTo(200);
        String url =
                shop.liveCalls()
                        .post("/v1/members/" + lan.getString("id") + "/card-links", 200)
                        .get("card_url");
        assertThat(PHONE.get(next).statusCode()).isEqualTo(404);
        assertThat(PHONE.get(url.replaceFirst("^https?://[^/]+", "")).statusCode()).isEqualTo(200);
    }

    @Test
    void leavingForgetsThePersonAndNeedsASecondThought() {
        JsonPath lan = member("Lan");
        String card = card(lan);
        assertThat(PHONE.get(card + "?action=leave&sure=yes").statusCode()).isEqualTo(200);
        assertThat(PHONE.post(card, Map.of("action", "leave")).statusCode()).isEqualTo(422);
        assertThat(PHONE.get(card).asString()).contains("Lan");
        assertThat(PHONE.post(card, Map.of("action", "leave", "sure", "yes")).asString())
                .contains("You have left");
        assertThat(PHONE.get(card).statusCode()).isEqualTo(404);
        shop.live().get("/v1/members/" + lan.getString("id")).then().statusCode(404);
    }

    @Test
    void whatIsDownloadedIsAllThatIsKnown() {
        JsonPath lan = member("Lan");
        buys(lan, 5_000);
        JsonPath all = PHONE.get(card(lan) + "/data.json").as(Fields.class);
        assertThat(all.getString("member.email")).isEqualTo(lan.getString("email"));
        assertThat(all.getList("consents")).hasSize(1);
        assertThat(all.getList("transactions")).hasSize(1);
        assertThat(all.getMap("belongings")).containsKeys("purchases", "vouchers", "messages");
    }

    @Test
    void noNameGetsOutOfItsPlace() throws Exception {
        List<String> plain = elements(PHONE.get(card(member("Lan"))).asString());
        for (String name : HostileStrings.markup()) {
            Response enrolled =
                    shop.raw()
                            .contentType("application/json")
                            .body(
                                    Map.of(
                                            "name",
                                            name,
                                            "email",
                                            "m" + UUID.randomUUID() + "@example.com",
                                            "locale",
                                            "en"))
                            .post("/v1/members");
            if (enrolled.statusCode() == 201) {
                assertThat(elements(PHONE.get(card(enrolled.as(Fields.class))).asString()))
                        .as(name)
                        .isEqualTo(plain);
            }
        }
    }

    private static List<String> elements(String html) {
        return Tags.of(html).stream().map(tag -> tag.replaceFirst("[\\s>].*", "")).toList();
    }
}
