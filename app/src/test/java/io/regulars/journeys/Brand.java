package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.loyalty.Inside;
import io.regulars.loyalty.Shelf;
import io.regulars.platform.db.Side;
import io.regulars.testing.Calls;
import io.regulars.testing.Fields;
import io.regulars.testing.Till;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A brand that took a preset as it is, on its test side on the morning of 1 March 2027. */
record Brand(Shop shop, Till till) {

    static final String MARCH = "2027-03-01T15:00:00Z";

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /** Signs up with the preset, so that it is published from the first moment. */
    static Brand american(String preset) {
        return of(preset, "America/New_York", "US", "USD");
    }

    static Brand of(String preset, String zone, String country, String currency) {
        Shop shop =
                ServiceUnderTest.shared().signUp(zone, country, currency, Map.of("preset", preset));
        return new Brand(shop, new Till(shop).at(MARCH));
    }

    RequestSpecification api() {
        return till.api();
    }

    Calls calls() {
        return till.calls();
    }

    JsonPath program() {
        return calls().get("/v1/program");
    }

    /** Somebody with an e-mail address who wants mail. */
    String member(Map<String, Object> more) {
        Map<String, Object> said = new HashMap<>(more);
        said.putIfAbsent("email", "m" + NUMBERS.incrementAndGet() + "@example.com");
        said.put("consents", Shop.consent());
        return till.member(said);
    }

    /** A member with so many points by buying, at one point for each whole unit of money. */
    String memberWith(long points) {
        String member = till.member();
        till.buys(member, points * 100);
        return member;
    }

    ValidatableResponse redeems(String member, String reward) {
        return api().body(Map.of("member", member, "reward", reward))
                .post("/v1/redemptions")
                .then();
    }

    /** Buys a reward with points; answers its code. */
    String code(String member, String reward) {
        return redeems(member, reward)
                .statusCode(201)
                .extract()
                .as(Fields.class)
                .get("voucher.code");
    }

    /** What a code would give on this basket. */
    ValidatableResponse validates(String code, long amount, Till.Line... lines) {
        return api().body(Map.of("code", code, "basket", basket(amount, lines)))
                .post("/v1/vouchers/validate")
                .then()
                .statusCode(200);
    }

    /** Uses a code at the till. */
    ValidatableResponse uses(String code, long amount, Till.Line... lines) {
        return api().body(Shelf.use(code, "v-" + NUMBERS.incrementAndGet(), basket(amount, lines)))
                .post("/v1/vouchers/redeem")
                .then();
    }

    private static Map<String, Object> basket(long amount, Till.Line... lines) {
        Map<String, Object> basket = new HashMap<>(Till.purchase("", amount, null, lines));
        basket.keySet().retainAll(List.of("amount", "lines"));
        return basket;
    }

    /** A purchase in which these codes were used: the amount is what was paid after them. */
    ValidatableResponse pays(String member, long amount, List<String> codes, Till.Line... lines) {
        Map<String, Object> body = Till.purchase(member, amount, null, lines);
        body.put("voucher_codes", codes);
        return api().body(body).post("/v1/purchases").then();
    }

    JsonPath vouchers(String member) {
        return calls().get("/v1/members/" + member + "/vouchers");
    }

    /** The member's vouchers, newest first, as {@code reward origin state}. */
    List<String> held(String member) {
        JsonPath vouchers = vouchers(member);
        return vouchers.getList(
                "data.collect { it.reward + ' ' + it.origin + ' ' + it.state }", String.class);
    }

    /** Records what a member did; answers the points for it. */
    long does(String member, String type) {
        return calls().post(
                        "/v1/activities",
                        Map.of(
                                "member", member,
                                "type", type,
                                "key", "k-" + NUMBERS.incrementAndGet()),
                        201)
                .getLong("points_earned");
    }

    /** Has this reward given on birthdays, at nine in the morning. */
    void givesOnBirthdays(String reward) {
        Shop.campaign(
                calls(),
                Map.of(
                        "name", "Birthdays",
                        "kind", "birthday",
                        "offer", Map.of("reward", reward)));
    }

    String tier(String member) {
        return till.shown(member).getString("tier.key");
    }

    /** Balances, lots and transactions tell the same of everybody. */
    void addsUp() {
        try (Inside inside = Inside.of(shop, Side.TEST)) {
            assertThat(inside.differences()).isEmpty();
        }
    }
}
