package io.regulars.edge.imports;

import io.regulars.platform.db.TenantRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Before each test a shop with one point per hundred, into which no file has come yet. The classes
 * share what opens it, one after another.
 */
@ResourceLock("an empty shop")
abstract class EmptyShop {

    static ImportFixture fixture;
    TenantRef shop;

    @BeforeAll
    static void open() {
        fixture = new ImportFixture();
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @BeforeEach
    void newShop() {
        shop = fixture.shop();
    }
}
