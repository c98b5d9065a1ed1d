package io.regulars.loyalty.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.regulars.loyalty.program.Program;
import io.regulars.platform.http.FieldError;
import io.regulars.platform.http.JsonManners;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramCheckTest {

    private static final ObjectMapper JSON = JsonManners.mapper();

    /** The example of the API's description, with something of everything. */
    private static final String WHOLE =
            """
            name: {vi: Điểm xanh, en: Green Rewards}
            unit: {one: leaf, many: leaves}
            currency: USD
            brand: {primary_color: "#2e7d32", logo_url: "https://shop.example/logo.png", tagline: Green}
            terms: {text: Be kind, area: Huế, starts_on: 2026-01-01, ends_on: 2026-12-31, contact: "0900"}
            benefits: [Points]
            faq: [{question: "Why?", answer: Because.}]
            locations: [{key: hue, name: Huế, time_zone: Asia/Ho_Chi_Minh}]
            earning:
              - key: spend
                "on": purchase
                points: {per_amount: 100, award: 1}
                when: {min_amount: 0, categories: [tea], skus: [T1], locations: [hue], weekdays: [monday], from: "22:00", to: "02:00", tiers: [vip], first_purchase: false}
                limits: {per_day: 0, per_member: 0, budget_points: 0}
                pending_days: 0
                stack: best
                group: spending
              - {key: review, "on": "activity:review", points: {fixed: 50}}
            tiers:
              basis: spend
              window: calendar_year
              downgrade: {policy: full, grace_days: 0}
              levels:
                - {key: member, name: Member, threshold: 0, multiplier: 1.0, perks: [free_shipping]}
                - {key: vip, name: VIP, threshold: 50000, multiplier: 1.25, perks: [priority_service]}
            expiry: {mode: inactivity, months: 12, round_up_to_month_end: true, warn_days: [60, 30]}
            refunds: {spent_points: within_balance}
            rounding: {carry_remainder: true}
            stamp_cards: [{key: coffee10, buys: 10, categories: [coffee], reward: free_coffee}]
            referral: {referrer_points: 500, friend_points: 0, friend_reward: welcome15, qualifies_on: first_purchase, min_amount: 0, per_year: 20}
            welcome: {reward: welcome15}
            rewards:
              - {key: free_coffee, name: Free coffee, kind: free_product, sku: COFFEE, valid_days: 30}
              - {key: five_off, name: $5 off, kind: amount_off, amount: 500, cost_points: 100, min_basket: 0, stock: null, per_member: null, tiers: [], min_other_items: 1}
              - {key: welcome15, name: 15% off, kind: percent_off, percent: 15, valid_days: 30}
            """;

    @Test
    void theExampleOfTheApiIsRight() throws Exception {
        assertThat(ProgramCheck.errorsIn(program(whole()))).isEmpty();
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    /name                              | " "                      | /name                              | invalid_text
                    /name                              | {"vi": "x", "en": ""}    | /name                              | invalid_text
                    /unit/one                          | ""                       | /unit/one                          | invalid_text
                    /currency                          | "DONG"                   | /currency                          | invalid_currency
                    /currency                          | "XAU"                    | /currency                          | invalid_currency
                    /brand/primary_color               | "green"                  | /brand/primary_color               | invalid_color
                    /brand/logo_url                    | "javascript:alert(1)"    | /brand/logo_url                    | invalid_url
                    /brand/tagline                     | ""                       | /brand/tagline                     | invalid_text
                    /terms/text                        | ""                       | /terms/text                        | invalid_text
                    /terms/ends_on                     | "2025-12-31"             | /terms/ends_on                     | before_start
                    /benefits/0                        | ""                       | /benefits/0                        | invalid_text
                    /faq/0/answer                      | ""                       | /faq/0/answer                      | invalid_text
                    /locations/0/key                   | "Huế"                    | /locations/0/key                   | invalid_key
                    /locations/0/time_zone             | "Asia/Hue"               | /locations/0/time_zone             | invalid_zone
                    /earning/1/key                     | "spend"                  | /earning/1/key                     | duplicate_key
                    /earning/0/key                     | "has blank"              | /earning/0/key                     | invalid_key
                    /earning/1/on                      | "sneeze"                 | /earning/1/on                      | unknown_occasion
                    /earning/1/on                      | "activity:"              | /earning/1/on                      | unknown_occasion
                    /earning/1/points                  | {"per_amount":1,"award":1} | /earning/1/points/fixed          | required
                    /earning/0/points                  | {"per_amount": 100}      | /earning/0/points/award            | required
                    /earning/0/points                  | {"fixed":1,"award":1}    | /earning/0/points/award            | not_allowed
                    /earning/0/points/per_amount       | 0                        | /earning/0/points/per_amount       | out_of_range
                    /earning/0/points/per_amount       | 9007199254740993         | /earning/0/points/per_amount       | out_of_range
                    /earning/0/points/award            | -1                       | /earning/0/points/award            | out_of_range
                    /earning/1/points/fixed            | 0                        | /earning/1/points/fixed            | out_of_range
                    /earning/0/when/min_amount         | -1                       | /earning/0/when/min_amount         | out_of_range
                    /earning/0/when/locations/0        | "saigon"                 | /earning/0/when/locations/0        | unknown_location
                    /earning/0/when/tiers/0            | "gold"                   | /earning/0/when/tiers/0            | unknown_tier
                    /earning/0/when/categories         | ["tea", "tea"]           | /earning/0/when/categories/1       | duplicate
                    /earning/0/when/categories/0       | ""                       | /earning/0/when/categories/0       | invalid_text
                    /earning/0/when/to                 | "22:00"                  | /earning/0/when/to                 | empty
                    /earning/1/when                    | {"min_amount": 5}        | /earning/1/when/min_amount         | not_allowed
                    /earning/1/when                    | {"categories": ["tea"]}  | /earning/1/when/categories         | not_allowed
                    /earning/1/when                    | {"first_purchase": true} | /earning/1/when/first_purchase     | not_allowed
                    /earning/0/limits/per_day          | -1                       | /earning/0/limits/per_day          | out_of_range
                    /earning/0/limits/budget_points    | -1                       | /earning/0/limits/budget_points    | out_of_range
                    /earning/0/pending_days            | -1                       | /earning/0/pending_days            | out_of_range
                    /earning/0/group                   | null                     | /earning/0/group                   | required
                    /earning/1/group                   | "spending"               | /earning/1/group                   | not_allowed
                    /tiers/levels                      | []                       | /tiers/levels                      | out_of_range
                    /tiers/levels/0/threshold          | 1                        | /tiers/levels/0/threshold          | not_zero
                    /tiers/levels/1/threshold          | 0                        | /tiers/levels/1/threshold          | not_rising
                    /tiers/levels/1/threshold          | -5                       | /tiers/levels/1/threshold          | not_rising
                    /tiers/levels/1/key                | "member"                 | /tiers/levels/1/key                | duplicate_key
                    /tiers/levels/1/multiplier         | 1.255                    | /tiers/levels/1/multiplier         | too_precise
                    /tiers/levels/1/multiplier         | 100.01                   | /tiers/levels/1/multiplier         | out_of_range
                    /tiers/levels/1/multiplier         | -1                       | /tiers/levels/1/multiplier         | out_of_range
                    /tiers/levels/1/perks/0            | ""                       | /tiers/levels/1/perks/0            | invalid_text
                    /tiers/downgrade/grace_days        | -1                       | /tiers/downgrade/grace_days        | out_of_range
                    /expiry/months                     | null                     | /expiry/months                     | required
                    /expiry/months                     | 0                        | /expiry/months                     | out_of_range
                    /expiry/warn_days/1                | 0                        | /expiry/warn_days/1                | out_of_range
                    /expiry/warn_days/1                | 60                       | /expiry/warn_days/1                | duplicate
                    /stamp_cards/0/buys                | 0                        | /stamp_cards/0/buys                | out_of_range
                    /stamp_cards/0/buys                | 1001                     | /stamp_cards/0/buys                | out_of_range
                    /stamp_cards/0/reward              | "tea"                    | /stamp_cards/0/reward              | unknown_reward
                    /referral/friend_reward            | "tea"                    | /referral/friend_reward            | unknown_reward
                    /referral/referrer_reward          | "tea"                    | /referral/referrer_reward          | unknown_reward
                    /referral/qualifies_on             | "joining"                | /referral/qualifies_on             | unknown_value
                    /referral/referrer_points          | -1                       | /referral/referrer_points          | out_of_range
                    /referral/per_year                 | 0                        | /referral/per_year                 | out_of_range
                    /welcome/reward                    | "tea"                    | /welcome/reward                    | unknown_reward
                    /welcome                           | {}                       | /welcome                           | required
                    /rewards/0/key                     | "five_off"               | /rewards/1/key                     | duplicate_key
                    /rewards/0/percent                 | 10                       | /rewards/0/percent                 | not_allowed
                    /rewards/0/amount                  | 10                       | /rewards/0/amount                  | not_allowed
                    /rewards/1/sku                     | "X"                      | /rewards/1/sku                     | not_allowed
                    /rewards/1/amount                  | null                     | /rewards/1/amount                  | required
                    /rewards/2/percent                 | null                     | /rewards/2/percent                 | required
                    /rewards/2/percent                 | 101                      | /rewards/2/percent                 | out_of_range
                    /rewards/2/percent                 | 0                        | /rewards/2/percent                 | out_of_range
                    /rewards/1/cost_points             | -1                       | /rewards/1/cost_points             | out_of_range
                    /rewards/1/min_basket              | -1                       | /rewards/1/min_basket              | out_of_range
                    /rewards/1/min_other_items         | -1                       | /rewards/1/min_other_items         | out_of_range
                    /rewards/1/stock                   | -1                       | /rewards/1/stock                   | out_of_range
                    /rewards/1/per_member              | 0                        | /rewards/1/per_member              | out_of_range
                    /rewards/1/tiers                   | ["gold"]                 | /rewards/1/tiers/0                 | unknown_tier
                    /rewards/1/valid_days              | 0                        | /rewards/1/valid_days              | out_of_range
                    /rewards/1/value                   | -1                       | /rewards/1/value                   | out_of_range
                    """)
    void whatIsNotRightIsRefusedAtItsPlace(String where, String value, String pointer, String code)
            throws Exception {
        ObjectNode document = whole();
        set(document, where, JSON.readTree(value));
        assertThat(ProgramCheck.errorsIn(program(document)))
                .extracting(FieldError::pointer, FieldError::code)
                .contains(org.assertj.core.groups.Tuple.tuple(pointer, code));
    }

    @Test
    void numbersUpToTwoToThe53rdAreTaken() throws Exception {
        ObjectNode document = whole();
        JsonNode largest = JSON.readTree("9007199254740992");
        for (String where :
                List.of(
                        "/earning/0/points/per_amount",
                        "/earning/1/points/fixed",
                        "/tiers/levels/1/threshold",
                        "/rewards/1/amount",
                        "/rewards/1/cost_points",
                        "/rewards/1/stock")) {
            set(document, where, largest);
        }
        assertThat(ProgramCheck.errorsIn(program(document))).isEmpty();
    }

    @Test
    void everyMistakeIsToldAtOnce() throws Exception {
        ObjectNode document = whole();
        set(document, "/currency", JSON.readTree("\"?\""));
        set(document, "/rewards/2/percent", JSON.readTree("101"));
        set(document, "/tiers/levels/1/threshold", JSON.readTree("0"));
        assertThat(ProgramCheck.errorsIn(program(document))).hasSize(3);
    }

    @Test
    void aKeyMayChangeItsKind() throws Exception {
        ObjectNode document = whole();
        set(
                document,
                "/rewards/2",
                JSON.readTree("{\"key\":\"welcome15\",\"name\":\"x\",\"kind\":\"gift\"}"));
        assertThat(ProgramCheck.errorsIn(program(document))).isEmpty();
    }

    @Test
    void nothingInAListIsNull() throws Exception {
        ObjectNode document = whole();
        set(document, "/earning/0", JSON.readTree("null"));
        assertThatThrownBy(() -> program(document)).isInstanceOf(JsonProcessingException.class);
    }

    private static ObjectNode whole() throws JsonProcessingException {
        return (ObjectNode) new ObjectMapper(new YAMLFactory()).readTree(WHOLE);
    }

    private static Program program(ObjectNode document) throws JsonProcessingException {
        return JSON.readValue(JSON.writeValueAsString(document), Program.class);
    }

    private static void set(ObjectNode document, String where, JsonNode value) {
        JsonPointer pointer = JsonPointer.compile(where);
        JsonNode parent = document.at(pointer.head());
        String last = pointer.last().getMatchingProperty();
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(last), value);
        } else {
            ((ObjectNode) parent).set(last, value);
        }
    }
}
