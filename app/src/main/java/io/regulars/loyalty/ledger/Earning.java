package io.regulars.loyalty.ledger;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Points to be given, with the reason for them.
 *
 * @param source what caused it: purchase, activity, enrolled, birthday, anniversary, referral,
 *     welcome, campaign, adjustment, opening
 * @param occurrence what makes it happen once only for this member and rule; null where something
 *     else sees to that
 * @param inputs what the rule saw and decided, for the explanation and for an exact refund
 * @param expiresAt exclusive; null for as long as the account lives
 */
public record Earning(
        UUID memberId,
        long points,
        String source,
        @Nullable UUID purchaseId,
        @Nullable String occurrence,
        @Nullable String rule,
        int programVersion,
        Map<String, Object> inputs,
        Instant earnedAt,
        Instant availableAt,
        @Nullable Instant expiresAt) {

    /** Among the inputs where the end is not the program's: no change of the program takes it. */
    public static final String OWN_END = "own_end";

    public Earning {
        if (points <= 0) {
            throw new IllegalArgumentException("an earning has points");
        }
    }
}
