package io.regulars.engagement.campaigns;

import io.regulars.loyalty.members.MemberId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Who gets nothing of a campaign, so that the others can be compared with them. Told by the two ids
 * alone: the same member is in or out of the same campaign for ever, whoever asks, and a greater
 * share keeps everybody who was out before. Pure.
 */
final class HoldOut {

    private static final int ALL = 100;

    private HoldOut() {}

    static boolean holds(Campaign campaign, MemberId member) {
        int percent = campaign.definition().holdout();
        return percent > 0 && place(campaign.id(), member) < percent;
    }

    /** From 0 to 99. */
    private static int place(CampaignId campaign, MemberId member) {
        byte[] ids =
                ByteBuffer.allocate(4 * Long.BYTES)
                        .putLong(campaign.uuid().getMostSignificantBits())
                        .putLong(campaign.uuid().getLeastSignificantBits())
                        .putLong(member.uuid().getMostSignificantBits())
                        .putLong(member.uuid().getLeastSignificantBits())
                        .array();
        return (int) Long.remainderUnsigned(ByteBuffer.wrap(sha256(ids)).getLong(), ALL);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
