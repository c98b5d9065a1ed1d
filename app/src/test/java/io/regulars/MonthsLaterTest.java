package io.regulars;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.regulars.platform.db.Side;
import io.regulars.platform.ids.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What comes about by itself days and months later, in a house whose clock is ahead. */
class MonthsLaterTest {

    private static LaterHouse house;

    @BeforeAll
    static void start() throws Exception {
        house = new LaterHouse();
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    @Test
    void aShopWhoseOwnerLeftIsGoneWithItsDataAndItsPeopleAfterThirtyDays() {
        Shop shop = house.service().signUp();
        Shop.enrol(shop.liveCalls(), Map.of("external_id", "lan"));
        String schema = shop.schema(Side.LIVE);
        shop.live().delete("/v1/tenant?confirm=" + shop.tenantId()).then().statusCode(202);
        house.later(Duration.ofDays(29), rooms -> rooms.tenancy().endTenants());
        shop.liveCalls().get("/v1/members/ext:lan");
        house.later(Duration.ofDays(31), rooms -> rooms.tenancy().endTenants());
        await().atMost(Duration.ofSeconds(10))
                .until(() -> shop.raw().get("/v1/tenant").statusCode(), equalTo(401));
        house.later(Duration.ofDays(31).plusHours(2), rooms -> rooms.tenancy().endTenants());
        assertThat(
                        house.number(
                                "select count(*) from pg_namespace where nspname = '"
                                        + schema
                                        + "'"))
                .isZero();
        assertThat(house.number("select count(*) from pg_roles where rolname = '" + schema + "'"))
                .isZero();
        assertThat(
                        house.number(
                                "select count(*) from control.app_user where email = '"
                                        + shop.email()
                                        + "'"))
                .isZero();
        for (String table : List.of("signup", "tenant")) {
            assertThat(
                            house.number(
                                    "select count(*) from control."
                                            + table
                                            + " x where x::text like '%"
                                            + shop.email()
                                            + "%'"))
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void anExportIsKeptForAWeek() {
        Shop shop = house.service().signUp();
        String id = shop.liveCalls().post("/v1/exports?kind=members", 202).get("id");
        String path = "/v1/exports/" + id;
        await().atMost(Duration.ofSeconds(15))
                .until(() -> shop.live().get(path).path("status"), equalTo("completed"));
        house.later(Duration.ofDays(6), rooms -> tidyUp(rooms, shop));
        shop.raw().get(path + "/file").then().statusCode(200);
        house.later(Duration.ofDays(8), rooms -> tidyUp(rooms, shop));
        shop.raw().get(path + "/file").then().statusCode(410).body(field("code", equalTo("gone")));
        shop.live()
                .get(path)
                .then()
                .body(field("status", equalTo("expired")))
                .body(field("url", nullValue()));
    }

    private static void tidyUp(Rooms rooms, Shop shop) {
        TenantId id = TenantId.parse(shop.tenantId()).orElseThrow();
        rooms.edge().sweep().accept(rooms.tenancy().directory().find(id, Side.LIVE).orElseThrow());
    }

    @Test
    void whoeverBelongsToNoShopAnyMoreIsForgottenAfterAMonth() {
        Shop shop = house.service().signUp();
        String colleague = "away-" + shop.email();
        shop.liveCalls().post("/v1/users", Map.of("email", colleague, "role", "viewer"), 201);
        String user =
                house.service()
                        .calls(null)
                        .post(
                                "/v1/invitations/accept",
                                Map.of(
                                        "token",
                                        invitation(colleague),
                                        "password",
                                        ServiceUnderTest.PASSWORD),
                                201)
                        .getString("user");
        shop.live().delete("/v1/users/" + user).then().statusCode(204);
        String count = "select count(*) from control.app_user where email = '";
        house.later(Duration.ofDays(29), rooms -> rooms.tenancy().forgetStale());
        assertThat(house.number(count + colleague + "'")).isOne();
        house.later(Duration.ofDays(31), rooms -> rooms.tenancy().forgetStale());
        assertThat(house.number(count + colleague + "'")).isZero();
        assertThat(house.number(count + shop.email() + "'")).isOne();
    }

    /** The token of the mail that invites somebody. */
    private static String invitation(String email) {
        String link = "/i/";
        String mail =
                await().atMost(Duration.ofSeconds(15))
                        .until(
                                () -> house.service().newestMail(email),
                                text -> text.contains(link));
        return mail.substring(mail.indexOf(link) + link.length()).split("\\s", 2)[0];
    }
}
