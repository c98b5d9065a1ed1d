package io.regulars.loyalty.rewards;

import io.regulars.Shop;
import io.regulars.loyalty.Inside;
import io.regulars.loyalty.Shelf;
import io.regulars.platform.db.Side;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A shop with a reward of each kind, whose points add up after each test. The classes take turns:
 * each has the shop in the same place.
 */
@ResourceLock("a shelf that adds up")
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
