package io.regulars.loyalty.ledger;

import java.time.Instant;
import java.util.List;

/**
 * A member's points as they are told. The sum of all transactions is {@code available + pending −
 * debt}.
 *
 * @param expiring what expires, soonest first
 */
public record PointsView(long available, long pending, long debt, List<Expiring> expiring) {

    public static final PointsView NONE = new PointsView(0, 0, 0, List.of());

    /** Points that expire at one moment (exclusive). */
    public record Expiring(long points, Instant at) {}
}
