package io.regulars.loyalty.tiers;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tier held.
 *
 * @param rank its place among the levels; 0 is where everybody begins
 * @param since when it was reached or fallen to; null at rank 0 for whoever never rose
 * @param endsAt exclusive; null: without end, or judged every night
 */
record Standing(int rank, @Nullable Instant since, @Nullable Instant endsAt) {

    static final Standing FIRST = new Standing(0, null, null);

    Standing {
        if (rank == 0) {
            endsAt = null;
        }
    }

    Standing until(@Nullable Instant newEndsAt) {
        return new Standing(rank, since, newEndsAt);
    }

    /** Whether both say the same tier for the same time, whenever it began. */
    boolean holdsAs(Standing other) {
        return rank == other.rank && Objects.equals(endsAt, other.endsAt);
    }

    /** By rank, then by the end; none is the latest. */
    boolean isBelow(Standing other) {
        return rank < other.rank || (rank == other.rank && endsBefore(other));
    }

    /** The better of both; of the same tier, the one reached first and the one that ends last. */
    Standing orBetter(Standing other) {
        if (rank != other.rank) {
            return rank > other.rank ? this : other;
        }
        return endsBefore(other) ? until(other.endsAt) : this;
    }

    private boolean endsBefore(Standing other) {
        return endsAt != null && (other.endsAt == null || endsAt.isBefore(other.endsAt));
    }
}
