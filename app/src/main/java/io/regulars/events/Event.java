package io.regulars.events;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a tenant. Ids are plain UUIDs here, in the order of the records'
 * names.
 */
public sealed interface Event {

    /** The type's published name, such as {@code member.created}. */
    String type();

    record MemberCreated(UUID member) implements Event {
        @Override
        public String type() {
            return "member.created";
        }
    }

    record PurchaseRecorded(UUID purchase, @Nullable UUID member, long amount, long pointsEarned)
            implements Event {
        @Override
        public String type() {
            return "purchase.recorded";
        }
    }

    record VoucherIssued(UUID voucher, UUID member, String reward) implements Event {
        @Override
        public String type() {
            return "voucher.issued";
        }
    }

    record ProgramPublished(int version) implements Event {
        @Override
        public String type() {
            return "program.published";
        }
    }

    /** One for a whole import: its rows make no events of their own. */
    record ImportCompleted(UUID importJob, long imported, long unchanged, long failed)
            implements Event {
        @Override
        public String type() {
            return "import.completed";
        }
    }

    /** Points that had waited can be spent from now on. */
    record PointsAvailable(UUID member, long points) implements Event {
        @Override
        public String type() {
            return "points.available";
        }
    }

    record PointsExpired(UUID member, long points) implements Event {
        @Override
        public String type() {
            return "points.expired";
        }
    }

    /**
     * @param from the key of the tier held before
     * @param cause purchase, refund, time or program
     */
    record TierChanged(UUID member, String from, String to, String cause) implements Event {
        @Override
        public String type() {
            return "tier.changed";
        }
    }

    /**
     * A tier ends soon and has not been reached again; once for each end.
     *
     * @param to what the member falls to if nothing more is bought
     */
    record TierWillDrop(UUID member, String tier, String to, Instant endsAt) implements Event {
        @Override
        public String type() {
            return "tier.will_drop";
        }
    }
}
