package io.regulars.loyalty.rewards;

import io.regulars.Shop;
import io.regulars.loyalty.Inside;
import io.regulars.loyalty.Shelf;
import io.regulars.platform.db.Side;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** A shop with a reward of each kind, whose points add up after each test. */
abstract class ShelfAddsUp {

    static Shop shop;

    @BeforeAll
    static void signUp() {
        shop = Shelf.shop();
    }

    @AfterEach
    void pointsAddUp() {
        Inside.pointsAddUp(shop, Side.LIVE, Side.TEST);
    }
}
