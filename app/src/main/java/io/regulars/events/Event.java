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

    record PurchaseRefunded(
            UUID refund,
            UUID purchase,
            @Nullable UUID member,
            long amount,
            long pointsReversed,
            long pointsReturned)
            implements Event {
        @Override
        public String type() {
            return "purchase.refunded";
        }
    }

    record ActivityRecorded(UUID activity, UUID member, String activityType, long pointsEarned)
            implements Event {
        @Override
        public String type() {
            return "activity.recorded";
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
}
