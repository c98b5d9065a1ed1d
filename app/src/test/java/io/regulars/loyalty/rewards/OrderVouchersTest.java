package io.regulars.loyalty.rewards;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import io.regulars.Shop;
import io.regulars.loyalty.Inside;
import io.regulars.loyalty.Shelf;
import io.regulars.loyalty.ledger.Ledger;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.Side;
import io.regulars.platform.http.Problem;
import io.regulars.testing.Fields;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Vouchers that come with a purchase, and go back with its refund. */
class OrderVouchersTest {

    private static Shop shop;
    private static Inside inside;
    private String member = "";

    @BeforeAll
    static void signUp() {
        shop = Shelf.shop(Map.of());
        inside = Inside.of(shop, Side.LIVE);
    }

    @BeforeEach
    void enrol() {
        member = Shelf.member(shop.liveCalls(), 100);
    }

    @AfterAll
    static void pointsAddUp() {
        assertThat(inside.differences()).isEmpty();
        inside.close();
    }

    @Test
    void aFullRefundGivesThePointsOfAVoucherBack() {
        String code = redeem("fifteen");
        assertThat(use(member, "a" + member, List.of(code)).getFirst().discount())
                .as("850 paid is 1000 before 15 %")
                .isEqualTo(150);
        assertThat(refund("a" + member)).isEqualTo(10);
        assertThat(refund("a" + member)).isZero();
        assertThat(Shelf.available(shop.liveCalls(), member)).isEqualTo(100);
        state(0, "cancelled");
    }

    @Test
    void aFullRefundMakesAGivenVoucherUsableAgain() {
        String code =
                inside.in(tx -> {
                    Program program = new Programs().inForce(tx).program();
                    return Vouchers.issue(
                                    tx,
                                    List.of(MemberId.parse(member).orElseThrow()),
                                    program.reward("granted").orElseThrow(),
                                    null,
                                    Vouchers.WELCOME,
                                    null)
                            .getFirst()
                            .code();
                });
        use(member, "b" + member, List.of(code));
        state(0, "used");
        assertThat(refund("b" + member)).isZero();
        state(0, "issued");
    }

    @Test
    void aReusableVoucherHoldsForEachOrderOnceAndARefundTakesBackThatOrderOnly() {
        String code = redeem("season");
        assertThat(use(member, "h" + member, List.of(code)).getFirst().discount())
                .as("850 paid is 944 before 10 %")
                .isEqualTo(94);
        assertThat(use(member, "h" + member, List.of(code))).hasSize(1);
        use(member, "i" + member, List.of(code));
        assertThat(uses()).containsExactly("h" + member, "i" + member);
        assertThat(refund("h" + member)).isZero();
        assertThat(refund("h" + member)).isZero();
        assertThat(uses()).containsExactly("i" + member);
        assertThat(Shelf.available(shop.liveCalls(), member)).isEqualTo(50);
        state(0, "issued");
        use(member, "h" + member, List.of(code));
        assertThat(uses()).hasSize(2);
    }

    @Test
    void aReusableRewardIsCancelledBeforeItsFirstUseOnly() {
        JsonPath season =
                Shelf.redeem(shop.live(), member, "season")
                        .statusCode(201)
                        .extract()
                        .as(Fields.class);
        use(member, "j" + member, List.of(season.getString("voucher.code")));
        cancel(season).statusCode(422).body(field("code", equalTo("voucher_used")));
        refund("j" + member);
        cancel(season).statusCode(200);
        assertThat(Shelf.available(shop.liveCalls(), member)).isEqualTo(100);
    }

    private static ValidatableResponse cancel(JsonPath redemption) {
        return shop.live().post("/v1/redemptions/{id}/cancel", redemption.getString("id")).then();
    }

    /** The orders that this member's vouchers were used for. */
    private List<String> uses() {
        return inside.in(tx ->
                tx.query(
                                """
                                select used_order_id from <t>.voucher
                                 where member_id = :member and state = 'used' order by used_order_id
                                """)
                        .bind("member", MemberId.parse(member).orElseThrow().uuid())
                        .mapTo(String.class)
                        .list());
    }

    @Test
    void aVoucherThatDoesNotHoldRefusesThePurchaseAndSaysWhich() {
        String good = redeem("fifteen");
        String coffee = redeem("coffee");
        assertThatThrownBy(() -> use(member, "c" + member, List.of(good, coffee)))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> {
                            assertThat(problem.errors().getFirst().pointer())
                                    .isEqualTo("/voucher_codes/1");
                            assertThat(problem.members())
                                    .containsEntry("reason", "product_not_in_basket");
                        });
        state(0, "issued");
        state(1, "issued");
        assertThatThrownBy(() -> use(Shelf.member(shop.liveCalls()), "d" + member, List.of(good)))
                .isInstanceOfSatisfying(
                        Problem.class,
                        p -> assertThat(p.members()).containsEntry("reason", "other_member"));
        assertThatThrownBy(() -> use(member, "e" + member, List.of(good, good)))
                .isInstanceOf(Problem.class);
    }

    @Test
    void aVoucherRedeemedForTheOrderBeforeIsTakenAsItIs() {
        String code = redeem("fifteen");
        use(member, "f" + member, List.of(code));
        assertThat(use(member, "f" + member, List.of(code))).hasSize(1);
        assertThatThrownBy(() -> use(member, "g" + member, List.of(code)))
                .isInstanceOf(Problem.class);
    }

    private String redeem(String reward) {
        return Shelf.redeem(shop.live(), member, reward)
                .statusCode(201)
                .extract()
                .as(Fields.class)
                .get("voucher.code");
    }

    private static List<OrderVouchers.Used> use(String member, String order, List<String> codes) {
        return inside.in(tx ->
                OrderVouchers.use(
                        tx,
                        codes,
                        new OrderVouchers.Order(
                                "shop",
                                order,
                                MemberId.parse(member).orElseThrow(),
                                850,
                                List.of(new Basket.Line("CAKE", 1, 850)))));
    }

    private static long refund(String order) {
        return inside.in(tx -> {
            Ledger ledger = Ledger.lock(tx, OrderVouchers.owners(tx, "shop", order));
            long points =
                    OrderVouchers.returnForRefund(
                            tx, ledger, new Programs().inForce(tx), "shop", order);
            ledger.write();
            return points;
        });
    }

    private void state(int place, String state) {
        shop.live()
                .get("/v1/members/" + member + "/vouchers")
                .then()
                .body("data[" + place + "].state", equalTo(state));
    }
}
