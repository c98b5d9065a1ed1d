package io.regulars.loyalty.stampcards;

import java.util.List;
import java.util.UUID;

/**
 * What a purchase did on one card; kept with the purchase as JSON, so that a refund can undo it
 * whatever the program says by then.
 *
 * @param card the card's key
 * @param reward the key of what a full card gives
 * @param buys how many stamps made the card full
 * @param stamps how many the purchase gave
 * @param lines the ids of the lines that gave them; empty where the purchase as a whole gave one
 * @param vouchers the ids of what full cards gave
 */
public record Stamped(
        String card,
        String reward,
        int buys,
        long stamps,
        List<String> lines,
        List<UUID> vouchers) {

    public Stamped {
        lines = List.copyOf(lines);
        vouchers = List.copyOf(vouchers);
    }
}
