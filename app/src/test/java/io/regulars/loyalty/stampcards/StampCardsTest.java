package io.regulars.loyalty.stampcards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.regulars.Shop;
import io.regulars.loyalty.Inside;
import io.regulars.loyalty.Shelf;
import io.regulars.loyalty.ledger.Ledger;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.stampcards.StampCards.Bought;
import io.regulars.loyalty.stampcards.StampCards.Item;
import io.regulars.loyalty.stampcards.StampCards.LineRefund;
import io.regulars.loyalty.stampcards.StampCards.Refund;
import io.regulars.loyalty.stampcards.StampCards.Refunded;
import io.regulars.loyalty.stampcards.StampCards.Unstamped;
import io.regulars.platform.db.Side;
import io.regulars.platform.ids.TypeIds;
import io.regulars.testing.Fields;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Buy ten, get one. */
class StampCardsTest {

    private static Shop shop;
    private static Inside inside;
    private String member = "";

    @BeforeAll
    static void signUp() {
        shop =
                Shelf.shop(
                        Map.of(
                                "stamp_cards",
                                List.of(
                                        Map.of(
                                                "key",
                                                "ten",
                                                "buys",
                                                10,
                                                "categories",
                                                List.of("coffee"),
                                                "reward",
                                                "granted"),
                                        Map.of("key", "visits", "buys", 3, "reward", "shipping"))));
        inside = Inside.of(shop, Side.LIVE);
    }

    @BeforeEach
    void enrol() {
        member = Shelf.member(shop.liveCalls());
    }

    @AfterAll
    static void pointsAddUp() {
        assertThat(inside.differences()).isEmpty();
        inside.close();
    }

    @Test
    void aFullCardBecomesAVoucherAndWhatIsOverStaysOnTheCard() {
        List<Stamped> stamped = buy(23);
        assertThat(stamped.getFirst().stamps()).isEqualTo(23);
        assertThat(stamped.getFirst().vouchers()).hasSize(2);
        card("ten", 3, 2);
        card("visits", 1, 0);
    }

    @Test
    void onlyPaidItemsOfTheCategoryCount() {
        List<Stamped> stamped =
                buy(
                        List.of(
                                new Item("1", "coffee", 2, 200),
                                new Item("2", "coffee", 1, 0),
                                new Item("3", "cake", 5, 500)));
        assertThat(stamped.getFirst().stamps()).isEqualTo(2);
        assertThat(stamped.getFirst().lines()).containsExactly("1");
    }

    @Test
    void partsOfARefundTakeExactlyTheStampsOfTheWhole() {
        List<Stamped> stamped = buy(7);
        assertThat(refund(stamped, 7, 0, 3).stamps()).containsEntry("ten", 3L);
        assertThat(refund(stamped, 7, 3, 3).stamps()).doesNotContainKey("ten");
        card("visits", 1, 0);
        assertThat(refund(stamped, 7, 3, 7).stamps()).containsEntry("ten", 4L);
        card("ten", 0, 0);
        card("visits", 0, 0);
    }

    @Test
    void anUnusedVoucherBecomesStampsAgain() {
        List<Stamped> nine = buy(9);
        List<Stamped> one = buy(1);
        card("ten", 0, 1);
        Unstamped undone = refund(nine, 9, 0, 9);
        assertThat(undone.cancelled()).isEqualTo(one.getFirst().vouchers());
        card("ten", 1, 0);
        refund(one, 1, 0, 1);
        card("ten", 0, 0);
    }

    @Test
    void aUsedVoucherLeavesAHoleThatTheNextPurchasesFill() {
        List<Stamped> stamped = buy(10);
        String code =
                shop.live()
                        .get("/v1/members/" + member + "/vouchers")
                        .then()
                        .extract()
                        .as(Fields.class)
                        .get("data[0].code");
        shop.liveCalls().post("/v1/vouchers/redeem", Shelf.use(code, member, Shelf.basket()), 200);
        assertThat(refund(stamped, 10, 0, 10).cancelled()).isEmpty();
        card("ten", -10, 0);
        assertThat(buy(10).getFirst().vouchers()).isEmpty();
        card("ten", 0, 0);
    }

    private List<Stamped> buy(int coffees) {
        return buy(List.of(new Item("1", "coffee", coffees, coffees * 100L)));
    }

    private List<Stamped> buy(List<Item> items) {
        return inside.in(tx -> {
            MemberId id = MemberId.parse(member).orElseThrow();
            Program program = new Programs().inForce(tx).program();
            Ledger ledger = Ledger.lock(tx, List.of(id.uuid()));
            long amount = items.stream().mapToLong(Item::amount).sum();
            List<Stamped> stamped =
                    StampCards.stamp(
                            tx, ledger, program, id, new Bought(TypeIds.next(), amount, items));
            ledger.write();
            return stamped;
        });
    }

    /**
     * Takes stamps back.
     *
     * @param coffees that were bought, 100 each
     * @param before how many of them had come back
     * @param after how many have now
     */
    private Unstamped refund(List<Stamped> stamped, long coffees, long before, long after) {
        return inside.in(tx -> {
            MemberId id = MemberId.parse(member).orElseThrow();
            Ledger ledger = Ledger.lock(tx, List.of(id.uuid()));
            Refunded money = new Refunded(coffees * 100, before * 100, after * 100);
            Unstamped undone =
                    StampCards.unstamp(
                            tx,
                            ledger,
                            id,
                            stamped,
                            new Refund(money, List.of(new LineRefund("1", before, after))));
            ledger.write();
            return undone;
        });
    }

    private void card(String key, int stamps, int vouchers) {
        JsonPath cards =
                shop.live()
                        .get("/v1/members/" + member + "/stamp-cards")
                        .then()
                        .statusCode(200)
                        .body("data.find { it.key == '" + key + "' }.stamps", equalTo(stamps))
                        .extract()
                        .as(Fields.class);
        assertThat(cards.getList("data.find { it.key == '" + key + "' }.vouchers"))
                .hasSize(vouchers);
    }
}
