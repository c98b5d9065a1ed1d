package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.testing.Fields;
import io.regulars.testing.Marketing;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A shop writes to one member about something of theirs; and sends again what failed. */
class TransactionalMailJourney {

    private static final String PROGRAM =
            """
            "earning": [{"key": "spend", "on": "purchase", "points": {"per_amount": 100, "award": 1}}]
            """;

    @Test
    void aNoticeReachesAMemberWhoWantsNoAdvertising() {
        Marketing shop = new Marketing("America/New_York", "2027-01-10T03:00:00Z", PROGRAM);
        String member = shop.member(Map.of("name", "Ann", "consents", List.of()));
        String key = "order-1042";
        for (int i = 0; i < 2; i++) {
            shop.till()
                    .api()
                    .header("Idempotency-Key", key)
                    .body(notice(member))
                    .post("/v1/transactional-emails")
                    .then()
                    .statusCode(202);
        }
        shop.till().advance("PT1S");
        assertThat(shop.messages(member))
                .singleElement()
                .asString()
                .startsWith("notice msg_")
                .endsWith("sent");
        assertThat(shop.text(member))
                .contains(
                        "Order 1042 is <b>ready</b> ${x}",
                        "Ann",
                        "See it: https://shop.example/1042")
                .doesNotContain("Unsubscribe");
    }

    @Test
    void whatCannotBeSentIsRefusedWithItsPlace() {
        Marketing shop = new Marketing("America/New_York", "2027-01-10T03:00:00Z", PROGRAM);
        String member = shop.member(Map.of());
        refuses(shop, Map.of("member", member, "template", "x", "data", Map.of()), "/template");
        refuses(shop, notice(member, Map.of()), "/data/subject");
        refuses(
                shop,
                notice(
                        member,
                        Map.of(
                                "subject", "x",
                                "paragraphs", List.of("y"),
                                "button", Map.of("label", "z", "url", "javascript:alert(1)"))),
                "/data/button/url");
        String silent = shop.till().member(Map.of("external_id", "no-address"));
        refuses(shop, notice(silent), "/member");
    }

    @Test
    void aMessageThatDidNotFailIsNotSentAgain() {
        Marketing shop = new Marketing("America/New_York", "2027-01-10T03:00:00Z", PROGRAM);
        String member = shop.member(Map.of());
        String id =
                shop.till()
                        .api()
                        .body(notice(member))
                        .post("/v1/transactional-emails")
                        .then()
                        .extract()
                        .as(Fields.class)
                        .get("id");
        shop.till().advance("PT1S");
        shop.till().calls().post("/v1/messages/" + id + "/retry", 409);
        assertThat(changedSince(shop, "2027-01-10T03:00:00Z")).containsExactly(id);
        assertThat(changedSince(shop, "2027-01-10T03:00:02Z")).isEmpty();
        shop.till().calls().post("/v1/messages/" + "msg_nothing" + "/retry", 404);
    }

    private static List<String> changedSince(Marketing shop, String time) {
        return shop.till()
                .api()
                .queryParam("updated_since", time)
                .get("/v1/messages")
                .then()
                .statusCode(200)
                .extract()
                .as(Fields.class)
                .get("data.id");
    }

    private static void refuses(Marketing shop, Map<String, Object> body, String pointer) {
        List<String> pointers =
                shop.till()
                        .api()
                        .body(body)
                        .post("/v1/transactional-emails")
                        .then()
                        .statusCode(422)
                        .extract()
                        .as(Fields.class)
                        .get("errors.pointer");
        assertThat(pointers).contains(pointer);
    }

    private static Map<String, Object> notice(String member) {
        return notice(
                member,
                Map.of(
                        "subject", "Your order",
                        "paragraphs", List.of("Order 1042 is <b>ready</b> ${x}"),
                        "button", Map.of("label", "See it", "url", "https://shop.example/1042")));
    }

    private static Map<String, Object> notice(String member, Map<String, Object> data) {
        return Map.of("member", member, "template", "notice", "data", data);
    }
}
