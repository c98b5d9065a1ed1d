package io.regulars.journeys;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.testing.Fields;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is who: the keys by which members are known, and a shop's own system that keeps them. */
class MemberIdentityJourney {

    private Shop shop;

    @BeforeEach
    void openShop() {
        shop = ServiceUnderTest.shared().signUp();
    }

    private JsonPath enrol(Map<String, Object> member) {
        return Shop.enrol(shop.liveCalls(), member);
    }

    private Response put(String externalId, Map<String, Object> body) {
        return shop.live().body(body).put("/v1/members/ext:" + externalId);
    }

    private Response search(Map<String, Object> by) {
        return shop.live().body(by).post("/v1/members/search");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0901234567",
                "090 123 4567",
                "(+84) 901-234-567",
                "0084 901 234 567",
                "+84901234567"
            })
    void aPhoneInFiveSpellingsIsOnePhone(String spelling) {
        String id = enrol(Map.of("phone", spelling)).getString("id");
        for (String other : List.of("0901.234.567", "+84 90 123 45 67")) {
            search(Map.of("phone", other))
                    .then()
                    .body(field("data.id", contains(id)))
                    .body(field("data[0].phone", equalTo("+84901234567")));
        }
    }

    @Test
    void anEMailInCapitalsIsTheSameEMail() {
        String id = enrol(Map.of("email", "Lan.Nguyen@Example.COM")).getString("id");
        search(Map.of("email", "LAN.NGUYEN@example.com"))
                .then()
                .body(field("data.id", contains(id)));
        shop.live()
                .body(Map.of("email", "lan.nguyen@EXAMPLE.com"))
                .post("/v1/members")
                .then()
                .statusCode(409)
                .body(field("code", equalTo("member_exists")))
                .body(field("member", equalTo(id)));
    }

    @Test
    void twoMembersWithOnePhoneAreBothFoundAndATillMustSayWhich() {
        String one = enrol(Map.of("external_id", "1", "phone", "0901234567")).getString("id");
        JsonPath other = enrol(Map.of("external_id", "2", "phone", "+84 901 234 567"));
        search(Map.of("phone", "0901234567"))
                .then()
                .body(field("data.id", contains(one, other.getString("id"))));
        purchase("o1", Map.of("phone", "0901234567"))
                .then()
                .statusCode(422)
                .body(field("code", equalTo("member_ambiguous")))
                .body(field("errors[0].pointer", equalTo("/member")));
        purchase("o1", Map.of("card_number", other.getString("card_number")))
                .then()
                .statusCode(201)
                .body(field("member.id", equalTo(other.getString("id"))));
    }

    private Response purchase(String order, Object member) {
        return shop.live()
                .body(Map.of("source", "till", "order_id", order, "member", member, "amount", 7))
                .post("/v1/purchases");
    }

    @Test
    void aMemberIsFoundByEveryKeyThatABodyMayName() {
        JsonPath member =
                enrol(
                        Map.of(
                                "external_id", "KH-1",
                                "email", "lan@example.com",
                                "phone", "0901234567",
                                "name", "Nguyễn Lan"));
        String id = member.getString("id");
        String card = member.getString("card_number");
        List<Object> keys =
                List.of(
                        id,
                        Map.of("id", id),
                        Map.of("external_id", "KH-1"),
                        Map.of("email", "LAN@example.com"),
                        Map.of("phone", "84901234567".replaceFirst("84", "0")),
                        Map.of("card_number", card.substring(0, 4) + " " + card.substring(4)));
        for (int i = 0; i < keys.size(); i++) {
            purchase("o" + i, keys.get(i))
                    .then()
                    .statusCode(201)
                    .body(field("member.id", equalTo(id)));
        }
        search(Map.of("name_prefix", "nguyễn")).then().body(field("data.id", contains(id)));
        search(Map.of("name_prefix", "%")).then().body(field("data", empty()));
        purchase("o9", Map.of("email", "nobody@example.com"))
                .then()
                .statusCode(422)
                .body(field("code", equalTo("member_not_found")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a/b", "it's \"quoted\"", "khách №7 ☕", "back\\slash", "ext:ext:", " x "})
    void anExternalIdWithSlashQuoteOrUnicodeIsFoundBySearch(String externalId) {
        String id = enrol(Map.of("external_id", externalId)).getString("id");
        search(Map.of("external_id", externalId)).then().body(field("data.id", contains(id)));
        purchase("o1", Map.of("external_id", externalId)).then().statusCode(201);
        shop.live().get("/v1/members/" + id).then().body(field("external_id", equalTo(externalId)));
    }

    @Test
    void anExternalIdHas255CharactersAndNotOneMore() {
        String longest = "x".repeat(255);
        put(longest, Map.of()).then().statusCode(201);
        shop.liveCalls().get("/v1/members/ext:" + longest);
        put(longest + "x", Map.of())
                .then()
                .statusCode(422)
                .body(field("errors[0].pointer", equalTo("/external_id")));
    }

    @Test
    void putMakesTheMemberThenChangesItAndLeavesWhatIsNotSaid() {
        String id =
                put("crm-1", Map.of("email", "Lan@example.com", "attributes", Map.of("size", "M")))
                        .then()
                        .statusCode(201)
                        .body(field("external_id", equalTo("crm-1")))
                        .extract()
                        .as(Fields.class)
                        .get("id");
        put("crm-1", Map.of("name", "Lan", "attributes", Map.of("colour", "red")))
                .then()
                .statusCode(200)
                .body(field("id", equalTo(id)))
                .body(field("email", equalTo("lan@example.com")))
                .body(field("attributes", equalTo(Map.of("size", "M", "colour", "red"))));
        put("crm-1", Map.of("external_id", "crm-2")).then().statusCode(422);
        put("crm-2", Map.of("email", "lan@example.com"))
                .then()
                .statusCode(409)
                .body(field("member", equalTo(id)));
        shop.live().body(Map.of()).put("/v1/members/" + id).then().statusCode(404);
    }

    @Test
    void theSamePutAgainChangesNothingNotEvenTheVersion() {
        Map<String, Object> body =
                Map.of("name", "Lan", "birth_date", "1990-02-28", "consents", Shop.consent());
        put("crm-1", body).then().statusCode(201);
        String tag = put("crm-1", body).then().statusCode(200).extract().header("ETag");
        assertThat(put("crm-1", body).then().statusCode(200).extract().header("ETag"))
                .isEqualTo(tag);
        shop.live().get("/v1/members/ext:crm-1/consents").then().body(field("data", hasSize(1)));
    }

    @Test
    void aConsentWithAnOldMomentDoesNotUndoALaterNo() {
        put("crm-1", Map.of("email", "a@example.com", "consents", Shop.consent()));
        shop.live()
                .body(Map.of("granted", false, "source", "phone call"))
                .put("/v1/members/ext:crm-1/consents/marketing_email");
        Map<String, Object> old =
                Map.of(
                        "purpose", "marketing_email",
                        "granted", true,
                        "source", "form",
                        "at", "2020-01-01T00:00:00Z");
        put("crm-1", Map.of("consents", List.of(old)))
                .then()
                .body(field("marketing.email", equalTo(false)));
        put("crm-1", Map.of("consents", Shop.consent()))
                .then()
                .body(field("marketing.email", equalTo(true)));
    }

    @Test
    void whoChangesAnOldVersionIsTold() {
        String id = enrol(Map.of("external_id", "1", "name", "Old")).getString("id");
        String first = shop.live().get("/v1/members/" + id).header("ETag");
        String second =
                shop.live()
                        .header("If-Match", first)
                        .body(Map.of("name", "New"))
                        .patch("/v1/members/" + id)
                        .then()
                        .statusCode(200)
                        .extract()
                        .header("ETag");
        shop.live()
                .header("If-Match", "W/" + second)
                .body(Map.of("name", "New"))
                .patch("/v1/members/" + id)
                .then()
                .statusCode(412);
        shop.live()
                .header("If-Match", first + ", " + second)
                .body(Map.of("name", "New"))
                .patch("/v1/members/" + id)
                .then()
                .statusCode(200);
        shop.live()
                .header("If-Match", first)
                .body(Map.of("name", "Newer"))
                .patch("/v1/members/" + id)
                .then()
                .statusCode(412);
        shop.live()
                .header("If-Match", first)
                .body(Map.of("name", "Newer"))
                .put("/v1/members/ext:1")
                .then()
                .statusCode(412);
        for (String any : List.of("\"1\"", "*")) {
            shop.live()
                    .header("If-Match", any)
                    .body(Map.of("name", "Nobody"))
                    .put("/v1/members/ext:2")
                    .then()
                    .statusCode(412);
        }
    }

    @Test
    void nobodyIsBornTomorrowOrHasAgreedNextYearAndNullIsAbsent() {
        Map<String, Object> lan = new HashMap<>();
        lan.put("external_id", "1");
        lan.put("birth_date", "2190-01-01");
        lan.put(
                "consents",
                List.of(
                        Map.of(
                                "purpose",
                                "marketing_email",
                                "granted",
                                true,
                                "source",
                                "till",
                                "at",
                                "2190-01-01T00:00:00Z")));
        shop.live()
                .body(lan)
                .post("/v1/members")
                .then()
                .statusCode(422)
                .body(field("errors.pointer", contains("/birth_date", "/consents/0/at")))
                .body(field("errors.code", contains("in_the_future", "in_the_future")));
        lan.put("birth_date", "--01-01");
        lan.put("consents", null);
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("size", "M");
        attributes.put("colour", null);
        lan.put("attributes", attributes);
        shop.raw()
                .contentType("application/json")
                .body(lan)
                .post("/v1/members")
                .then()
                .statusCode(201)
                .body(field("attributes", equalTo(Map.of("size", "M"))));
    }

    @Test
    void updatedSinceTellsWhoChanged() {
        String one = enrol(Map.of("external_id", "1")).getString("id");
        String since = enrol(Map.of("external_id", "2")).getString("updated_at");
        shop.live().body(Map.of("name", "A")).patch("/v1/members/" + one);
        shop.live()
                .queryParam("updated_since", since)
                .get("/v1/members")
                .then()
                .body(field("data[0].id", equalTo(one)));
    }

    @Test
    void duplicatesAreFoundByPhoneMailboxAndNameWithBirthDate() {
        String a =
                enrol(Map.of("email", "lan.nguyen@gmail.com", "phone", "0901234567"))
                        .getString("id");
        String b = enrol(Map.of("email", "LanNguyen+shop@googlemail.com")).getString("id");
        String c = enrol(Map.of("external_id", "c", "phone", "+84901234567")).getString("id");
        String d =
                enrol(Map.of("external_id", "d", "name", "Trần Minh", "birth_date", "1988-12-01"))
                        .getString("id");
        String e =
                enrol(Map.of("external_id", "e", "name", "TRAN minh", "birth_date", "1988-12-01"))
                        .getString("id");
        enrol(Map.of("external_id", "f", "name", "Trần Minh", "birth_date", "--12-01"));
        enrol(Map.of("external_id", "g", "email", "lan.nguyen@example.com"));
        JsonPath found = shop.liveCalls().get("/v1/members/duplicates");
        assertThat(found.getList("data.reasons"))
                .containsExactly(
                        List.of("name_and_birth_date"), List.of("phone"), List.of("email"));
        assertThat(found.getList("data.members.id"))
                .containsExactly(List.of(e, d), List.of(c, a), List.of(b, a));
        String cursor = null;
        for (int i = 0; i < 3; i++) {
            var request = shop.live().queryParam("limit", 1);
            JsonPath page =
                    (cursor == null ? request : request.queryParam("cursor", cursor))
                            .get("/v1/members/duplicates")
                            .as(Fields.class);
            assertThat(page.getList("data.members[0].id"))
                    .isEqualTo(found.getList("data.members[" + i + "].id"));
            cursor = page.getString("next_cursor");
        }
        assertThat(cursor).isNull();
        shop.live().body(Map.of("from", c)).post("/v1/members/" + a + "/merge");
        shop.live()
                .get("/v1/members/duplicates")
                .then()
                .body(field("data.reasons", not(hasItem(List.of("phone")))));
    }

    @Test
    void aTillSeesMasksAndMayNeitherExportNorMergeNorErase() {
        String id = enrol(Map.of("external_id", "1", "email", "lan@example.com")).getString("id");
        String pos = shop.live().body(Map.of("scope", "pos")).post("/v1/api-keys").path("secret");
        var till = Map.of("Authorization", "Bearer " + pos);
        shop.service()
                .rawApi()
                .headers(till)
                .get("/v1/members/" + id)
                .then()
                .body(field("email", equalTo("l***@e***.com")))
                .body(field("phone", nullValue()));
        for (String path : List.of("/export", "/consents")) {
            shop.service()
                    .rawApi()
                    .headers(till)
                    .get("/v1/members/" + id + path)
                    .then()
                    .statusCode(403);
        }
        shop.service().rawApi().headers(till).get("/v1/members/duplicates").then().statusCode(403);
        shop.service().rawApi().headers(till).delete("/v1/members/" + id).then().statusCode(403);
        for (String path : List.of("/merge", "/unmerge", "/adjustments")) {
            shop.service()
                    .rawApi()
                    .headers(till)
                    .contentType("application/json")
                    .body(Map.of("from", id))
                    .post("/v1/members/" + id + path)
                    .then()
                    .statusCode(403);
        }
        shop.service()
                .rawApi()
                .headers(till)
                .contentType("application/json")
                .body(Map.of())
                .put("/v1/members/ext:1")
                .then()
                .statusCode(403);
    }
}
