package io.regulars.loyalty.ledger;

import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Points that were spent, by the lots that gave them, so that they can go back to where they were.
 */
public record Payment(List<Part> parts) {

    public static final Payment NOTHING = new Payment(List.of());

    /** What one lot gave. */
    public record Part(UUID lot, long points) {}

    public Payment {
        parts = List.copyOf(parts);
    }

    /** These parts of it. */
    Payment of(Predicate<Part> which) {
        return new Payment(parts.stream().filter(which).toList());
    }

    public long points() {
        return parts.stream().mapToLong(Part::points).sum();
    }
}
