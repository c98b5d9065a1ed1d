package io.regulars.demo;

import java.util.ArrayList;
import java.util.List;

/** The café's card and how a basket is filled from it. */
final class Menu {

    /** A price in whole dong, always a multiple of 1,000 as on any card in Vietnam. */
    record Product(String sku, String category, int price) {}

    private static final List<Product> DRINKS =
            List.of(
                    new Product("CF-DEN", "coffee", 29_000),
                    new Product("CF-SUA", "coffee", 35_000),
                    new Product("CF-BAC-XIU", "coffee", 39_000),
                    new Product("CF-ESPRESSO", "coffee", 40_000),
                    new Product("CF-LATTE", "coffee", 55_000),
                    new Product("CF-COLD-BREW", "coffee", 59_000),
                    new Product("TR-SEN", "tea", 45_000),
                    new Product("TR-DAO", "tea", 49_000),
                    new Product("TR-VAI", "tea", 49_000),
                    new Product("TR-MATCHA", "tea", 65_000));
    private static final List<Product> FOOD =
            List.of(
                    new Product("BK-BANH-MI", "bakery", 25_000),
                    new Product("BK-CROISSANT", "bakery", 35_000),
                    new Product("CK-FLAN", "cake", 25_000),
                    new Product("CK-CHUOI", "cake", 32_000),
                    new Product("CK-TIRAMISU", "cake", 55_000));
    private static final List<Product> TO_TAKE_HOME =
            List.of(
                    new Product("BN-ROBUSTA-250", "beans", 120_000),
                    new Product("BN-ARABICA-250", "beans", 185_000),
                    new Product("MR-PHIN", "merchandise", 95_000),
                    new Product("MR-CUP", "merchandise", 220_000));

    private Menu() {}

    static Product favourite(Draws draws) {
        return draws.oneOf(DRINKS);
    }

    /**
     * A drink first, mostly the favourite one; then whatever still fits into what the buyer means
     * to spend.
     */
    static List<Order.Line> basket(Draws draws, Product favourite, double budget) {
        List<Order.Line> lines = new ArrayList<>();
        long spent = add(lines, draws.chance(0.6) ? favourite : draws.oneOf(DRINKS));
        while (lines.size() < 8) {
            Product next = draws.oneOf(shelf(draws, budget - spent));
            if (spent + next.price() > budget) {
                break;
            }
            spent += add(lines, next);
        }
        return List.copyOf(lines);
    }

    private static List<Product> shelf(Draws draws, double left) {
        if (left >= 120_000 && draws.chance(0.35)) {
            return TO_TAKE_HOME;
        }
        return draws.chance(0.5) ? DRINKS : FOOD;
    }

    /** The same product twice is one line with quantity 2, as a till prints it. */
    private static long add(List<Order.Line> lines, Product product) {
        for (int i = 0; i < lines.size(); i++) {
            Order.Line line = lines.get(i);
            if (line.sku().equals(product.sku())) {
                int quantity = line.quantity() + 1;
                lines.set(
                        i,
                        new Order.Line(
                                line.sku(),
                                line.category(),
                                quantity,
                                (long) quantity * product.price()));
                return product.price();
            }
        }
        lines.add(new Order.Line(product.sku(), product.category(), 1, product.price()));
        return product.price();
    }
}
