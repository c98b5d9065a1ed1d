package io.regulars.loyalty.referrals;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.regulars.Shop;
import io.regulars.loyalty.Inside;
import io.regulars.loyalty.Shelf;
import io.regulars.loyalty.awards.Awards;
import io.regulars.loyalty.ledger.Accounts;
import io.regulars.loyalty.ledger.Ledger;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.program.ProgramHistory;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.Side;
import io.regulars.platform.ids.TypeIds;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Members bring friends, and new members are welcomed. */
class ReferralsTest {

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static Shop shop;
    private static Inside inside;

    @BeforeAll
    static void signUp() {
        shop =
                Shelf.shop(
                        Map.of(
                                "earning",
                                List.of(
                                        rule("referral", "referral", 7),
                                        rule("joined", "enrolled", 3)),
                                "referral",
                                Map.of(
                                        "referrer_points",
                                        500,
                                        "friend_points",
                                        50,
                                        "friend_reward",
                                        "granted",
                                        "min_amount",
                                        1_000,
                                        "per_year",
                                        2),
                                "welcome",
                                Map.of("reward", "shipping", "points", 20)));
        inside = Inside.of(shop, Side.LIVE);
    }

    private static Map<String, Object> rule(String key, String on, int points) {
        return Map.of("key", key, "on", on, "points", Map.of("fixed", points));
    }

    @AfterAll
    static void pointsAddUp() {
        assertThat(inside.differences()).isEmpty();
        inside.close();
    }

    @Test
    void aNewMemberIsWelcomedWithPointsAndAVoucher() {
        JsonPath member = join(Map.of());
        assertThat(member.getLong("points.available")).isEqualTo(23);
        shop.live()
                .get("/v1/members/" + member.getString("id") + "/vouchers")
                .then()
                .body(field("data", hasSize(1)))
                .body(field("data[0].reward", equalTo("shipping")))
                .body(field("data[0].origin", equalTo("welcome")));
    }

    @Test
    void bothArePaidOnTheFriendsFirstLargePurchaseAndLoseItWithItsRefund() {
        JsonPath referrer = join(Map.of());
        String friend = friendOf(referrer).getString("id");
        assertThat(buy(friend, 999)).isEmpty();
        UUID purchase = buy(friend, 1_000).getFirst();
        assertThat(buy(friend, 1_000)).as("it counts once").isEmpty();
        assertThat(points(referrer.getString("id"))).isEqualTo(23 + 500 + 7);
        assertThat(points(friend)).isEqualTo(23 + 50);
        referrals(friend)
                .body(field("data[0].state", equalTo("qualified")))
                .body(field("data[0].purchase", equalTo(TypeIds.format("pur", purchase))));
        vouchers(friend).body(field("data[0].reward", equalTo("granted")));

        assertThat(refund(friend, purchase)).isEqualTo(557);
        assertThat(refund(friend, purchase)).as("it is undone once").isZero();
        assertThat(points(referrer.getString("id"))).isEqualTo(23);
        assertThat(points(friend)).isEqualTo(23);
        referrals(friend).body(field("data[0].state", equalTo("reversed")));
        vouchers(friend).body(field("data[0].state", equalTo("cancelled")));
    }

    @Test
    void whoRefersThemselvesIsRefusedAndHearsNothingOfIt() {
        JsonPath referrer = join(Map.of("email", "an.nguyen@example.com", "phone", "0912 345 678"));
        String code = referrer.getString("referral_code");
        refused(
                join(Map.of("email", "annguyen+2@example.com", "referral_code", code)),
                "same_email");
        refused(join(Map.of("phone", "+84912345678", "referral_code", code)), "same_phone");
    }

    @Test
    void whoWasAMemberBeforeIsNoFriend() {
        String code = join(Map.of()).getString("referral_code");
        join(Map.of("email", "lan@example.com"));
        refused(
                join(Map.of("email", "lan+new@example.com", "referral_code", code)),
                "member_existed");
    }

    @Test
    void aCodeThatNobodyHasIsPassedOver() {
        JsonPath joiner = join(Map.of("referral_code", "NOBODYHAS1"));
        referrals(joiner.getString("id")).body(field("data", hasSize(0)));
    }

    @Test
    void aCodeMayBeTypedWithDashesAndSmallLetters() {
        String code = join(Map.of()).getString("referral_code");
        String typed = code.substring(0, 5).toLowerCase(Locale.ROOT) + "-" + code.substring(5);
        referrals(join(Map.of("referral_code", typed)).getString("id"))
                .body(field("data[0].state", equalTo("pending")));
    }

    @Test
    void whoIsForgottenIsNotPaidForAFriendAnyMore() {
        JsonPath referrer = join(Map.of());
        String friend = friendOf(referrer).getString("id");
        String gone = referrer.getString("id");
        shop.live().delete("/v1/members/" + gone).then().statusCode(204);
        UUID purchase = buy(friend, 1_000).getFirst();
        assertThat(points(friend)).as("what was promised to the friend").isEqualTo(23 + 50);
        assertThat(balanceOf(gone)).isEqualTo(23);
        assertThat(refund(friend, purchase)).isEqualTo(50);
        assertThat(points(friend)).isEqualTo(23);
        assertThat(balanceOf(gone)).isEqualTo(23);
    }

    /** Also of who has been forgotten. */
    private static long balanceOf(String member) {
        UUID id = MemberId.parse(member).orElseThrow().uuid();
        long balance = inside.in(tx -> Accounts.find(tx, id).orElseThrow().balance());
        return balance;
    }

    @Test
    void onlySoManyFriendsCountInAYear() {
        JsonPath referrer = join(Map.of());
        List<String> friends = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String friend = friendOf(referrer).getString("id");
            buy(friend, 1_000);
            friends.add(friend);
        }
        assertThat(points(referrer.getString("id"))).isEqualTo(23 + 2 * 507);
        referrals(friends.getLast())
                .body(field("data[0].state", equalTo("refused")))
                .body(field("data[0].reason", equalTo("yearly_limit")));
        shop.live()
                .queryParam("member", referrer.getString("id"))
                .queryParam("state", "qualified")
                .queryParam("limit", "1")
                .get("/v1/referrals")
                .then()
                .statusCode(200)
                .body(field("data", hasSize(1)));
    }

    private static JsonPath join(Map<String, Object> more) {
        Map<String, Object> member = new HashMap<>(more);
        member.put("external_id", "r" + NUMBERS.incrementAndGet());
        return Shop.enrol(shop.liveCalls(), member);
    }

    private static JsonPath friendOf(JsonPath referrer) {
        return join(Map.of("referral_code", referrer.getString("referral_code")));
    }

    private static void refused(JsonPath joiner, String reason) {
        referrals(joiner.getString("id"))
                .body(field("data[0].state", equalTo("refused")))
                .body(field("data[0].reason", equalTo(reason)));
    }

    private static ValidatableResponse referrals(String member) {
        return shop.live().queryParam("member", member).get("/v1/referrals").then().statusCode(200);
    }

    private static ValidatableResponse vouchers(String member) {
        return shop.live().get("/v1/members/" + member + "/vouchers").then().statusCode(200);
    }

    private static long points(String member) {
        return Shelf.available(shop.liveCalls(), member);
    }

    /** As a purchase does it; answers the purchase where it made a referral count. */
    private static List<UUID> buy(String member, long amount) {
        return inside.in(tx -> {
            UUID friend = MemberId.parse(member).orElseThrow().uuid();
            List<UUID> all = new ArrayList<>(Referrals.partiesOf(tx, List.of(friend)));
            all.add(friend);
            ProgramHistory history = new Programs().history(tx);
            Ledger ledger = Ledger.lock(tx, all);
            Awards awards = Awards.open(tx, ledger, history, all);
            UUID purchase = TypeIds.next();
            boolean counted =
                    Referrals.qualify(
                            tx,
                            ledger,
                            awards,
                            history.inForceAt(tx.now()),
                            friend,
                            new Referrals.Bought(purchase, amount, tx.now()));
            awards.write();
            ledger.write();
            return counted ? List.of(purchase) : List.of();
        });
    }

    private static long refund(String member, UUID purchase) {
        return inside.in(tx -> {
            UUID friend = MemberId.parse(member).orElseThrow().uuid();
            List<UUID> all = new ArrayList<>(Referrals.partiesOf(tx, List.of(friend)));
            all.add(friend);
            Ledger ledger = Ledger.lock(tx, all);
            long points =
                    Referrals.reverse(
                            tx, ledger, new Programs().history(tx), friend, purchase, tx.now());
            ledger.write();
            return points;
        });
    }
}
