package io.regulars.events;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a tenant, in the words in which webhooks and {@code GET /v1/events}
 * tell of it: the records' names in snake case, ids with the prefix that {@link TypedId} names.
 * {@code docs/events.md} is made from these records.
 */
public sealed interface Event {

    /** The type's published name, such as {@code member.created}. */
    String type();

    @About("A member was enrolled by the API or the join page; an import tells of itself only.")
    record MemberCreated(@TypedId("mem") UUID member) implements Event {
        @Override
        public String type() {
            return "member.created";
        }
    }

    @About("A purchase was recorded. Without `member` nobody was named at the till.")
    record PurchaseRecorded(
            @TypedId("pur") UUID purchase,
            @TypedId("mem") @Nullable UUID member,
            long amount,
            long pointsEarned)
            implements Event {
        @Override
        public String type() {
            return "purchase.recorded";
        }
    }

    @About("A purchase was refunded, whole or in part.")
    record PurchaseRefunded(
            @TypedId("ref") UUID refund,
            @TypedId("pur") UUID purchase,
            @TypedId("mem") @Nullable UUID member,
            long amount,
            long pointsReversed,
            long pointsReturned)
            implements Event {
        @Override
        public String type() {
            return "purchase.refunded";
        }
    }

    @About("A member did something besides buying, such as a review.")
    record ActivityRecorded(
            @TypedId("act") UUID activity,
            @TypedId("mem") UUID member,
            String activityType,
            long pointsEarned)
            implements Event {
        @Override
        public String type() {
            return "activity.recorded";
        }
    }

    @About("A member was given a voucher; `reward` is the reward's key in the program.")
    record VoucherIssued(@TypedId("vch") UUID voucher, @TypedId("mem") UUID member, String reward)
            implements Event {
        @Override
        public String type() {
            return "voucher.issued";
        }
    }

    @About("A version of the program was published.")
    record ProgramPublished(int version) implements Event {
        @Override
        public String type() {
            return "program.published";
        }
    }

    /** One for a whole import: its rows make no events of their own. */
    @About("An import came to its end; its rows make no events of their own.")
    record ImportCompleted(
            @TypedId("imp") UUID importJob, long imported, long unchanged, long failed)
            implements Event {
        @Override
        public String type() {
            return "import.completed";
        }
    }

    @About("Somebody asked for a try of this endpoint; goes to it alone, whatever it listens for.")
    record WebhookTest(@TypedId("whe") UUID endpoint) implements Event {
        @Override
        public String type() {
            return "webhook.test";
        }
    }

    @About(
            "A campaign was held because too many of its mails failed; `reason` is too_many_failures.")
    record CampaignPaused(@TypedId("cmp") UUID campaign, String reason) implements Event {
        @Override
        public String type() {
            return "campaign.paused";
        }
    }

    @About("An endpoint was switched off because it did not take anything for too long.")
    record WebhookEndpointDisabled(@TypedId("whe") UUID endpoint, String reason) implements Event {
        @Override
        public String type() {
            return "webhook_endpoint.disabled";
        }
    }

    @About("What `from` had belongs to `member` now.")
    record MemberMerged(@TypedId("mem") UUID member, @TypedId("mem") UUID from) implements Event {
        @Override
        public String type() {
            return "member.merged";
        }
    }

    @About("A merge was undone.")
    record MemberUnmerged(@TypedId("mem") UUID member, @TypedId("mem") UUID from) implements Event {
        @Override
        public String type() {
            return "member.unmerged";
        }
    }

    @About("The person is gone; amounts stay under the id.")
    record MemberErased(@TypedId("mem") UUID member) implements Event {
        @Override
        public String type() {
            return "member.erased";
        }
    }

    @About("Points were given or taken by hand.")
    record PointsAdjusted(@TypedId("mem") UUID member, long points) implements Event {
        @Override
        public String type() {
            return "points.adjusted";
        }
    }

    @About("Points that had waited can be spent from now on.")
    record PointsAvailable(@TypedId("mem") UUID member, long points) implements Event {
        @Override
        public String type() {
            return "points.available";
        }
    }

    @About("Points have expired.")
    record PointsExpired(@TypedId("mem") UUID member, long points) implements Event {
        @Override
        public String type() {
            return "points.expired";
        }
    }

    /**
     * @param from the key of the tier held before
     * @param cause purchase, refund, time or program
     */
    @About("A member's tier rose or fell; `cause` is purchase, refund, time or program.")
    record TierChanged(@TypedId("mem") UUID member, String from, String to, String cause)
            implements Event {
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
    @About("A tier ends soon and has not been reached again; told once for each end.")
    record TierWillDrop(@TypedId("mem") UUID member, String tier, String to, Instant endsAt)
            implements Event {
        @Override
        public String type() {
            return "tier.will_drop";
        }
    }

    @About("Points left for a voucher, which may still be held.")
    record RewardRedeemed(
            @TypedId("rdm") UUID redemption,
            @TypedId("mem") UUID member,
            String reward,
            long points)
            implements Event {
        @Override
        public String type() {
            return "redemption.created";
        }
    }

    @About("The points went back to where they came from: cancelled, refunded, or a hold ran out.")
    record RedemptionCancelled(
            @TypedId("rdm") UUID redemption,
            @TypedId("mem") UUID member,
            String reward,
            long points)
            implements Event {
        @Override
        public String type() {
            return "redemption.cancelled";
        }
    }

    @About("A voucher was used on an order.")
    record VoucherUsed(
            @TypedId("vch") UUID voucher,
            @TypedId("mem") @Nullable UUID member,
            String reward,
            String source,
            String orderId)
            implements Event {
        @Override
        public String type() {
            return "voucher.used";
        }
    }

    @About("Used before, and usable again: its order was rolled back or refunded.")
    record VoucherRestored(
            @TypedId("vch") UUID voucher, @TypedId("mem") @Nullable UUID member, String reward)
            implements Event {
        @Override
        public String type() {
            return "voucher.restored";
        }
    }

    @About("A stamp card is full, so many times, and its reward was given as often.")
    record StampCardCompleted(@TypedId("mem") UUID member, String card, int times)
            implements Event {
        @Override
        public String type() {
            return "stamp_card.completed";
        }
    }

    @About(
            "A friend bought for the first time, and both got what was promised. Without `referrer` whoever sent the friend"
                    + " has been forgotten, and got nothing.")
    record ReferralQualified(
            @TypedId("rfl") UUID referral,
            @TypedId("mem") @Nullable UUID referrer,
            @TypedId("mem") UUID friend,
            @TypedId("pur") UUID purchase)
            implements Event {
        @Override
        public String type() {
            return "referral.qualified";
        }
    }

    @About("The purchase that made a referral count was refunded.")
    record ReferralReversed(
            @TypedId("rfl") UUID referral,
            @TypedId("mem") UUID referrer,
            @TypedId("mem") UUID friend,
            @TypedId("pur") UUID purchase)
            implements Event {
        @Override
        public String type() {
            return "referral.reversed";
        }
    }

    @About("A mail came back (`kind` hard or soft), or its reader called it spam (complaint).")
    record MessageBounced(
            @TypedId("msg") UUID message, @TypedId("mem") UUID member, String kind, String reason)
            implements Event {
        @Override
        public String type() {
            return "message.bounced";
        }
    }
}
