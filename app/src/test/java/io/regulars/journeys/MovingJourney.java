package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.testing.Browser;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A shop moves in from another system, invites its members, and could move out again. */
class MovingJourney {

    private static JsonPath imported(Shop shop, String query, String csv) {
        return Shop.imported(shop.liveCalls(), query, csv);
    }

    private static JsonPath member(Shop shop, String email) {
        return shop.liveCalls().post("/v1/members/search", Map.of("email", email), 200);
    }

    @Test
    void aSquareFileBringsMembersAndPointsWithTheirEnd() {
        Shop shop = ServiceUnderTest.shared().signUp("Europe/London", "GB", "GBP");
        String file =
                """
                Reference ID,First Name,Last Name,Email Address,Phone Number,Birthday,Memo,Square Customer ID,First Visit,Transaction Count,Lifetime Spend,Email Subscription Status,Points,Points Expire At
                ,Ann,Lee,Ann@Example.com,07700 900111,0000-09-21,,SQ1,2024-03-01,12,$340.50,subscribed,120,2099-06-30
                ,Ben,Ray,ben@example.com,,,,SQ2,2025-05-05,1,$9.00,unsubscribed,30,
                ,Broken,Row,not an address,,,,SQ3,,,,,-5,
                """;
        JsonPath trial = imported(shop, "kind=members&format=square&dry_run=true", file);
        assertThat(trial.getString("summary"))
                .isEqualTo(
                        "Dry run, nothing is written: 3 rows read, 2 would be taken, 0 there already, 1 not right; see errors_url.");
        assertThat(member(shop, "ann@example.com").getList("data")).isEmpty();
        assertThat(imported(shop, "kind=members&format=square", file).getInt("imported"))
                .isEqualTo(2);
        assertThat(imported(shop, "kind=opening_balances&format=square", file).getInt("imported"))
                .isEqualTo(2);
        assertThat(imported(shop, "kind=opening_balances&format=square", file).getInt("imported"))
                .as("the same file again")
                .isZero();
        JsonPath ann = member(shop, "ann@example.com");
        assertThat(ann.getString("data[0].name")).isEqualTo("Ann Lee");
        assertThat(ann.getString("data[0].phone")).isEqualTo("+447700900111");
        assertThat(ann.getString("data[0].birth_date")).isEqualTo("--09-21");
        assertThat(ann.getString("data[0].joined_at")).startsWith("2024-03-01");
        assertThat(ann.getBoolean("data[0].marketing.email")).as("no proof of consent").isFalse();
        assertThat(ann.getInt("data[0].points.available")).isEqualTo(120);
        assertThat(ann.getString("data[0].points.expiring[0].at")).startsWith("2099-06");
    }

    @Test
    void filesOfTheOthersAreReadByTheirColumns() {
        Shop shop = ServiceUnderTest.shared().signUp("Europe/London", "GB", "GBP");
        String smile =
                """
                Customer Name,Email,Customer Status,Points Balance,VIP Tier Name,Birth Date
                Cho Park,cho@example.com,member,250,Gold,1990-01-15
                """;
        assertThat(imported(shop, "kind=members&format=smile", smile).getInt("imported")).isOne();
        imported(shop, "kind=opening_balances&format=smile", smile);
        JsonPath cho = member(shop, "cho@example.com");
        assertThat(cho.getString("data[0].name")).isEqualTo("Cho Park");
        assertThat(cho.getString("data[0].birth_date")).isEqualTo("1990-01-15");
        assertThat(cho.getInt("data[0].points.available")).isEqualTo(250);
        for (String format : List.of("smile", "loyaltylion")) {
            String file = "email,points\n" + format + "@example.com,77\n";
            assertThat(imported(shop, "kind=members&format=" + format, file).getInt("imported"))
                    .isEqualTo(1);
            imported(shop, "kind=opening_balances&format=" + format, file);
            assertThat(member(shop, format + "@example.com").getInt("data[0].points.available"))
                    .isEqualTo(77);
        }
        assertThat(imported(shop, "kind=members&format=smile", "a,b\n1,2\n").getString("error"))
                .contains("lacks");
    }

    @Test
    void whoAgreedIsInvitedToTheCardOnce() {
        Shop shop = ServiceUnderTest.shared().signUp("Europe/London", "GB", "GBP");
        JsonPath job =
                imported(
                        shop,
                        "kind=members",
                        """
                        external_id,email,name,locale,marketing_email,consent_source,consent_at
                        m1,yes-invite@example.com,Ann,en,true,paper form,2026-01-05
                        m2,no-invite@example.com,Ben,en,,,
                        """);
        String path = "/v1/imports/" + job.getString("id") + "/invitations";
        assertThat(shop.live().post(path).then().statusCode(200).extract().<Integer>path("invited"))
                .isEqualTo(1);
        assertThat(shop.live().post(path).then().statusCode(200).extract().<Integer>path("invited"))
                .isZero();
        Browser phone = new Browser(ServiceUnderTest.shared(), "en");
        String mail = phone.mail("yes-invite@example.com", "/c/");
        assertThat(mail).contains("Ann", "/u/");
        assertThat(phone.get(Browser.link(mail, "/c/")).statusCode()).isEqualTo(200);
        assertThat(phone.mails("no-invite@example.com")).isZero();
    }

    @Test
    void nobodyIsInvitedByAShopThatDoesNotSayWhoItIs() {
        Shop shop = ServiceUnderTest.shared().signUp("Europe/London", "GB", "GBP");
        JsonPath job =
                imported(
                        shop,
                        "kind=members",
                        """
                        external_id,email,marketing_email,consent_source,consent_at
                        m1,late-invite@example.com,true,paper form,2026-01-05
                        """);
        shop.live().body(Map.of("postal_address", "")).patch("/v1/tenant");
        String path = "/v1/imports/" + job.getString("id") + "/invitations";
        assertThat(shop.raw().post(path).then().statusCode(422).extract().<String>path("code"))
                .isEqualTo("sender_identity_missing");
        shop.live().body(Map.of("postal_address", "1 High Street")).patch("/v1/tenant");
        assertThat(shop.live().post(path).then().statusCode(200).extract().<Integer>path("invited"))
                .as("the refusal has not used up their one invitation")
                .isEqualTo(1);
    }

    @Test
    void everythingCanBeTakenAway() {
        Shop shop = ServiceUnderTest.shared().signUp("Europe/London", "GB", "GBP");
        String id =
                Shop.enrol(
                                shop.liveCalls(),
                                Map.of(
                                        "external_id",
                                        "m1",
                                        "name",
                                        "=cmd()",
                                        "email",
                                        "m1@example.com"))
                        .getString("id");
        shop.liveCalls()
                .post(
                        "/v1/members/" + id + "/adjustments",
                        Map.of("points", 50, "reason", "hello"),
                        201);
        assertThat(exported(shop, "members")).contains(id, "'=cmd()", "m1@example.com", ",50,");
        assertThat(exported(shop, "transactions")).contains(id, "adjust", "hello");
        assertThat(exported(shop, "messages")).startsWith("id,member,kind");
        assertThat(exported(shop, "vouchers")).startsWith("id,code,reward");
        shop.liveCalls().post("/v1/exports?kind=secrets", 422);
    }

    private static String exported(Shop shop, String kind) {
        String id = shop.liveCalls().post("/v1/exports?kind=" + kind, 202).get("id");
        return shop.raw().get(Shop.exported(shop.liveCalls(), id)).asString();
    }
}
