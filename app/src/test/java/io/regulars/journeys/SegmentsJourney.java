package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.engagement.churn.ChurnModel;
import io.regulars.engagement.churn.Rhythm;
import io.regulars.testing.Fields;
import io.regulars.testing.Marketing;
import io.regulars.testing.Till.Line;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Groups of members by what they are and do, and campaigns that go to them. */
class SegmentsJourney {

    private static final String PROGRAM =
            """
            "earning": [{"key": "spend", "on": "purchase", "points": {"per_amount": 100, "award": 1}}],
            "tiers": {"basis": "spend", "window": "lifetime", "levels": [
                {"key": "member", "name": "Member", "threshold": 0},
                {"key": "vip", "name": "VIP", "threshold": 10000}]},
            "rewards": [{"key": "back", "name": "Come again", "kind": "percent_off", "percent": 20, "valid_days": 21}]
            """;

    private static Marketing shop;
    private static final Map<String, String> NAMES = new HashMap<>();

    /** Ann buys much and often, Bob bought once long ago, Cy never did. */
    @BeforeAll
    static void members() {
        shop = new Marketing("America/New_York", "2027-01-01T15:00:00Z", PROGRAM);
        String ann =
                known(
                        "ann",
                        Map.of(
                                "birth_date", "1990-06-15",
                                "locale", "vi",
                                "attributes", Map.of("size", 42, "club", "Book's \"club\"")));
        String bob =
                known(
                        "bob",
                        Map.of(
                                "time_zone",
                                "Asia/Ho_Chi_Minh",
                                "attributes",
                                Map.of("size", "38", "club", "chess")));
        known("cy", Map.of("consents", List.of(), "birth_date", "--06-20"));
        shop.till().buys(bob, 2_000, Instant.parse("2027-01-01T14:00:00Z"), Line.of("tea", 2_000));
        for (int week = 0; week < 8; week++) {
            shop.till().advance(LocalDate.of(2027, 1, 4).plusWeeks(week) + "T15:00:00Z");
            shop.till().buys(ann, 3_000, null, Line.of("coffee", 2_000));
        }
        shop.till().advance("2027-03-01T15:00:00Z");
    }

    private static String known(String name, Map<String, Object> more) {
        Map<String, Object> said = new HashMap<>(more);
        said.put("name", name);
        String id = shop.member(said);
        NAMES.put(id, name);
        return id;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'field': 'tier', 'op': 'in', 'value': ['vip']} | ann",
                "{'field': 'tier', 'op': 'eq', 'value': 'member'} | bob cy",
                "{'field': 'tier', 'op': 'ne', 'value': 'member'} | ann",
                "{'field': 'points', 'op': 'gte', 'value': 240} | ann",
                "{'field': 'points', 'op': 'between', 'value': [1, 100]} | bob",
                "{'field': 'spend', 'op': 'gt', 'value': 2000} | ann",
                "{'field': 'spend', 'op': 'gte', 'value': 2000, 'within_days': 30} | ann",
                "{'field': 'purchases', 'op': 'eq', 'value': 0} | cy",
                "{'field': 'purchases', 'op': 'lt', 'value': 2} | bob cy",
                "{'field': 'last_purchase_at', 'op': 'within_days', 'value': 30} | ann",
                "{'field': 'last_purchase_at', 'op': 'not_within_days', 'value': 30} | bob",
                "{'field': 'last_purchase_at', 'op': 'exists', 'value': false} | cy",
                "{'field': 'last_purchase_at', 'op': 'before', 'value': '2027-01-02'} | bob",
                "{'field': 'joined_at', 'op': 'after', 'value': '2026-12-31T00:00:00Z'} | ann bob cy",
                "{'field': 'category_bought', 'op': 'eq', 'value': 'coffee'} | ann",
                "{'field': 'category_bought', 'op': 'not_in', 'value': ['coffee', 'tea']} | cy",
                "{'field': 'category_bought', 'op': 'eq', 'value': 'tea', 'within_days': 10} | ``",
                "{'field': 'sku_bought', 'op': 'in', 'value': ['tea', 'cake']} | bob",
                "{'field': 'attributes.club', 'op': 'eq', 'value': 'Book\\u0027s \\\"club\\\"'} | ann",
                "{'field': 'attributes.size', 'op': 'gt', 'value': 40} | ann",
                "{'field': 'attributes.size', 'op': 'lt', 'value': 40} | bob",
                "{'field': 'attributes.size', 'op': 'in', 'value': [42, 38]} | ann bob",
                "{'field': 'attributes.size', 'op': 'exists'} | ann bob",
                "{'field': 'attributes.size', 'op': 'ne', 'value': 42} | bob cy",
                "{'field': 'name', 'op': 'starts_with', 'value': 'A'} | ann",
                "{'field': 'email', 'op': 'contains', 'value': '@EXAMPLE.com'} | ann bob cy",
                "{'field': 'locale', 'op': 'eq', 'value': 'vi'} | ann",
                "{'field': 'time_zone', 'op': 'eq', 'value': 'America/New_York'} | ann cy",
                "{'field': 'birth_month', 'op': 'eq', 'value': 6} | ann cy",
                "{'field': 'age', 'op': 'eq', 'value': 36} | ann",
                "{'field': 'age', 'op': 'exists', 'value': false} | bob cy",
                "{'field': 'consent.marketing_email', 'op': 'eq', 'value': false} | cy",
                "{'field': 'consent.tracking', 'op': 'eq', 'value': false} | ann bob cy",
                "{'field': 'rfm_frequency', 'op': 'gte', 'value': 4} | ann",
                "{'field': 'rfm_recency', 'op': 'exists', 'value': false} | cy",
                "{'field': 'rfm_monetary', 'op': 'eq', 'value': 1} | bob",
                "{'any': [{'field': 'tier', 'op': 'eq', 'value': 'vip'}, {'not': {'field': 'purchases', 'op': 'gt', 'value': 0}}]} | ann cy",
                "{'all': [{'field': 'purchases', 'op': 'gt', 'value': 0}, {'not': {'field': 'tier', 'op': 'eq', 'value': 'vip'}}]} | bob",
                "{'filter': {'field': 'name', 'op': 'eq', 'value': 'cy'}} | cy",
            })
    void aFilterFindsWhoFits(String filter, String fitting) {
        JsonPath preview = preview(json(filter)).statusCode(200).extract().as(Fields.class);
        assertThat(fitting(preview)).isEqualTo(fitting);
    }

    @Test
    void theProbabilityToComeBackIsTheOneOfTheModel() {
        String now = shop.till().api().get("/v1/test-clock").path("now");
        LocalDate today = LocalDate.parse(now.substring(0, 10));
        LocalDate first = LocalDate.of(2027, 1, 4);
        double ann = ChurnModel.PLATFORM.pAlive(Rhythm.ofDays(8, first, first.plusWeeks(7), today));
        String filter =
                "{'field': 'p_alive', 'op': 'between', 'value': ["
                        + (ann - 1e-9)
                        + ", "
                        + (ann + 1e-9)
                        + "]}";
        assertThat(fitting(preview(json(filter)).extract().as(Fields.class))).isEqualTo("ann");
    }

    @Test
    void theSampleIsMasked() {
        JsonPath preview =
                preview(json("{'field': 'name', 'op': 'eq', 'value': 'ann'}"))
                        .extract()
                        .as(Fields.class);
        assertThat(preview.getLong("count")).isEqualTo(1);
        assertThat(preview.getString("sample[0].email"))
                .startsWith("m***@")
                .doesNotContain("example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | /field | unknown_value",
                "[] | `` | wrong_type",
                "{'all': []} | /all | wrong_type",
                "{'all': [{'field': 'x', 'op': 'eq', 'value': 1}]} | /all/0/field | unknown_value",
                "{'not': {'any': [{'field': 'tier', 'op': 'gt', 'value': 1}]}} | /not/any/0/op | unknown_value",
                "{'field': 'tier', 'op': 'eq', 'value': 'gold'} | /value | unknown_tier",
                "{'field': 'points', 'op': 'eq', 'value': '1'} | /value | wrong_type",
                "{'field': 'points', 'op': 'between', 'value': [1]} | /value | wrong_type",
                "{'field': 'points', 'op': 'gt', 'value': 1e300} | /value | wrong_type",
                "{'field': 'points', 'op': 'between', 'value': [9, 5]} | /value | out_of_range",
                "{'field': 'birth_month', 'op': 'eq', 'value': 13} | /value | out_of_range",
                "{'field': 'rfm_recency', 'op': 'eq', 'value': 6} | /value | out_of_range",
                "{'field': 'rfm_monetary', 'op': 'between', 'value': [0, 5]} | /value/0 | out_of_range",
                "{'field': 'p_alive', 'op': 'lt', 'value': 2} | /value | out_of_range",
                "{'field': 'joined_at', 'op': 'after', 'value': 'yesterday'} | /value | wrong_type",
                "{'field': 'joined_at', 'op': 'within_days', 'value': -1} | /value | out_of_range",
                "{'field': 'name', 'op': 'in', 'value': 'x'} | /value | wrong_type",
                "{'field': 'name', 'op': 'in', 'value': ['x', {}]} | /value | wrong_type",
                "{'field': 'name', 'op': 'eq', 'value': null} | /value | wrong_type",
                "{'field': 'attributes.', 'op': 'eq', 'value': 'x'} | /field | unknown_value",
                "{'field': 'points', 'op': 'gt', 'value': 1, 'within_days': 3} | /within_days | not_for_this_field",
                "{'field': 'points', 'op': 'gt', 'value': 1, 'x': 3} | /x | unknown_field",
                "{'all': [{'field': 'points', 'op': 'gt', 'value': 1}], 'any': []} | `` | one_of",
                "{'not': {'not': {'not': {'not': {'not': {'not': {'field': 'points', 'op': 'gt', 'value': 1}}}}}}} | /not/not/not/not/not/not | too_deep",
            })
    void aMistakeIsRefusedWithItsPlace(String filter, String pointer, String code) {
        List<Map<String, String>> errors =
                preview(json(filter)).statusCode(422).extract().as(Fields.class).get("errors");
        assertThat(errors)
                .anySatisfy(error ->
                        assertThat(error)
                                .containsEntry("pointer", pointer)
                                .containsEntry("code", code));
    }

    @Test
    void tooManyConditionsAreRefused() {
        String one = json("{'field': 'points', 'op': 'gt', 'value': 1}");
        String many = IntStream.range(0, 51).mapToObj(i -> one).collect(Collectors.joining(", "));
        preview("{\"all\": [" + many + "]}").statusCode(422);
    }

    @Test
    void textsThatLookLikeSqlAreTexts() {
        for (String hostile :
                List.of("' or true --", "x'); drop table member; --", ":now", "?", "<t>.member")) {
            JsonPath preview =
                    preview(Map.of("field", "attributes." + hostile, "op", "eq", "value", hostile))
                            .statusCode(200)
                            .extract()
                            .as(Fields.class);
            assertThat(preview.getLong("count")).as(hostile).isZero();
        }
    }

    @Test
    void aSegmentIsMadeChangedAndRemovedAndACampaignGoesToItOnly() {
        String id =
                shop.till()
                        .api()
                        .body(
                                json(
                                        "{'name': 'VIPs', 'filter': {'field': 'tier', 'op': 'eq', 'value': 'vip'}}"))
                        .post("/v1/segments")
                        .then()
                        .statusCode(201)
                        .extract()
                        .as(Fields.class)
                        .get("id");
        String campaign =
                shop.run(
                        "broadcast",
                        "\"audience\": {\"segment\": \""
                                + id
                                + "\"}, \"schedule\": {\"starts_local\": \"2027-03-02T10:00\"}");
        shop.till().api().delete("/v1/segments/{id}", id).then().statusCode(409);
        shop.till().advance("2027-03-03T15:00:00Z");
        String to =
                shop
                        .till()
                        .api()
                        .get("/v1/messages?campaign=" + campaign)
                        .as(Fields.class)
                        .getList("data.member", String.class)
                        .stream()
                        .map(NAMES::get)
                        .collect(Collectors.joining(" "));
        assertThat(to).isEqualTo("ann");
        shop.till()
                .api()
                .body(json("{'filter': {'field': 'tier', 'op': 'eq', 'value': 'none'}}"))
                .patch("/v1/segments/{id}", id)
                .then()
                .statusCode(422);
        shop.till()
                .api()
                .header("If-Match", "\"99\"")
                .body(json("{'name': 'Best'}"))
                .patch("/v1/segments/{id}", id)
                .then()
                .statusCode(412);
        shop.till()
                .api()
                .body(json("{'name': 'Best'}"))
                .patch("/v1/segments/{id}", id)
                .then()
                .statusCode(200);
        shop.till().api().delete("/v1/segments/{id}", id).then().statusCode(204);
        shop.till().api().get("/v1/segments/{id}", id).then().statusCode(404);
        shop.refuses(
                "{\"name\": \"x\", \"kind\": \"birthday\", \"audience\": {\"segment\": \""
                        + id
                        + "\"}}",
                "/audience/segment",
                "unknown_segment");
    }

    @Test
    void equalBuyersScoreEquallyInTheReportAndInAFilter() {
        Marketing other = new Marketing("America/New_York", "2027-01-10T15:00:00Z", PROGRAM);
        Instant then = Instant.parse("2027-01-05T15:00:00Z");
        for (int i = 0; i < 9; i++) {
            other.till().buys(other.member(Map.of("name", "once")), 1_000, then);
        }
        String twice = other.member(Map.of("name", "twice"));
        other.till().buys(twice, 500, then);
        other.till().buys(twice, 500, then);
        JsonPath report = other.till().calls().get("/v1/reports/segments");
        assertThat(report.getList("rows.segment")).containsExactly("must_not_lose", "asleep");
        assertThat(report.getList("rows.members")).containsExactly(1, 9);
        assertThat(report.getList("rows.purchases")).containsExactly(2, 9);
        assertThat(fitting(other, "{'field': 'rfm_frequency', 'op': 'gte', 'value': 4}"))
                .isEqualTo("twice");
        assertThat(fitting(other, "{'field': 'rfm_frequency', 'op': 'lte', 'value': 1}"))
                .isEqualTo("once");
    }

    @Test
    void whatWasTakenBackAsAWholeIsNoPurchase() {
        Marketing other = new Marketing("America/New_York", "2027-01-10T15:00:00Z", PROGRAM);
        String nothing = other.member(Map.of("name", "nothing"));
        String part = other.member(Map.of("name", "part"));
        other.till().refundsAll(other.till().buys(nothing, 2_000, null, Line.of("tea", 2_000)));
        JsonPath both =
                other.till().buys(part, 3_000, null, Line.of("tea", 1_000), Line.of("cake", 2_000));
        other.till()
                .refund(both, Map.of("lines", List.of(Map.of("line_id", "tea", "amount", 1_000))))
                .statusCode(201);
        for (String filter :
                List.of(
                        "{'field': 'purchases', 'op': 'eq', 'value': 1}",
                        "{'field': 'first_purchase_at', 'op': 'exists'}",
                        "{'field': 'last_purchase_at', 'op': 'within_days', 'value': 3}",
                        "{'field': 'sku_bought', 'op': 'eq', 'value': 'cake'}",
                        "{'field': 'sku_bought', 'op': 'ne', 'value': 'tea', 'within_days': 9} ",
                        "{'field': 'p_alive', 'op': 'exists'}",
                        "{'field': 'rfm_frequency', 'op': 'exists'}")) {
            assertThat(fitting(other, filter))
                    .as(filter)
                    .isEqualTo(filter.contains("tea") ? "nothing part" : "part");
        }
        assertThat(fitting(other, "{'field': 'category_bought', 'op': 'eq', 'value': 'tea'}"))
                .isEmpty();
    }

    /** The names of those who fit, each once. */
    private static String fitting(Marketing of, String filter) {
        JsonPath preview = of.till().calls().post("/v1/segments/preview", json(filter), 200);
        return String.join(" ", new TreeSet<>(preview.getList("sample.name", String.class)));
    }

    private static ValidatableResponse preview(Object filter) {
        return shop.till().api().body(filter).post("/v1/segments/preview").then();
    }

    private static String fitting(JsonPath preview) {
        TreeSet<String> names = new TreeSet<>(preview.getList("sample.name", String.class));
        assertThat(preview.getLong("count")).isEqualTo(names.size());
        return String.join(" ", names);
    }

    /** JSON written with single quotes. */
    private static String json(String text) {
        return text.replace('\'', '"').replace("\\u0027", "'");
    }
}
