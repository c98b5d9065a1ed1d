package io.regulars.events;

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

    /** What the one had belongs to the member now. */
    record MemberMerged(UUID member, UUID from) implements Event {
        @Override
        public String type() {
            return "member.merged";
        }
    }

    record MemberUnmerged(UUID member, UUID from) implements Event {
        @Override
        public String type() {
            return "member.unmerged";
        }
    }

    /** The person is gone; amounts stay under the id. */
    record MemberErased(UUID member) implements Event {
        @Override
        public String type() {
            return "member.erased";
        }
    }

    /** Points given or taken by hand. */
    record PointsAdjusted(UUID member, long points) implements Event {
        @Override
        public String type() {
            return "points.adjusted";
        }
    }
}
