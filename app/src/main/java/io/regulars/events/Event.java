package io.regulars.events;

import java.util.List;
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

    /** Points left for a voucher, which may still be held. */
    record RewardRedeemed(UUID redemption, UUID member, String reward, long points)
            implements Event {
        @Override
        public String type() {
            return "redemption.created";
        }
    }

    /** The points went back to where they came from: cancelled, refunded, or a hold ran out. */
    record RedemptionCancelled(UUID redemption, UUID member, String reward, long points)
            implements Event {
        @Override
        public String type() {
            return "redemption.cancelled";
        }
    }

    record VoucherUsed(
            UUID voucher, @Nullable UUID member, String reward, String source, String orderId)
            implements Event {
        @Override
        public String type() {
            return "voucher.used";
        }
    }

    /** Used before, and usable again: its order was rolled back or refunded. */
    record VoucherRestored(UUID voucher, @Nullable UUID member, String reward) implements Event {
        @Override
        public String type() {
            return "voucher.restored";
        }
    }

    record StampCardCompleted(UUID member, String card, List<UUID> vouchers) implements Event {
        @Override
        public String type() {
            return "stamp_card.completed";
        }
    }

    record ReferralQualified(UUID referral, UUID referrer, UUID friend, UUID purchase)
            implements Event {
        @Override
        public String type() {
            return "referral.qualified";
        }
    }

    record ReferralReversed(UUID referral, UUID referrer, UUID friend, UUID purchase)
            implements Event {
        @Override
        public String type() {
            return "referral.reversed";
        }
    }
}
