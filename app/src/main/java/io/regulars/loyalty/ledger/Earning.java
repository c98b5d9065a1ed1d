package io.regulars.loyalty.ledger;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Points to be given, with the reason for them.
 *
 * @param source what caused it, such as a purchase
 * @param inputs what the rule saw and decided, for the explanation and for an exact refund
 * @param expiresAt exclusive; null for never
 */
public record Earning(
        UUID memberId,
        long points,
        String source,
        @Nullable UUID purchaseId,
        String rule,
        int programVersion,
        Map<String, Object> inputs,
        Instant earnedAt,
        Instant availableAt,
        @Nullable Instant expiresAt) {

    public Earning {
        if (points <= 0) {
            throw new IllegalArgumentException("an earning has points");
        }
    }
}
