package io.regulars.loyalty.referrals;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A referral as kept.
 *
 * @param reason why it was refused
 * @param purchaseId the friend's purchase that made it count
 */
record ReferralRow(
        ReferralId id,
        UUID referrer,
        UUID friend,
        State state,
        @Nullable String reason,
        @Nullable UUID purchaseId,
        @Nullable Instant qualifiedAt,
        Instant createdAt) {

    enum State {
        PENDING,
        QUALIFIED,
        REFUSED,
        REVERSED;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }

        static Optional<State> parse(String key) {
            return Arrays.stream(values()).filter(state -> state.key().equals(key)).findFirst();
        }
    }

    /** Under which the section of the program gives its points. */
    String occurrence() {
        return "referral:" + id;
    }

    /** Under which earning rules give theirs; another, so that a rule may have any key. */
    String ruleOccurrence() {
        return "referred:" + id;
    }

    ReferralRow refused(String why) {
        return new ReferralRow(id, referrer, friend, State.REFUSED, why, null, null, createdAt);
    }

    ReferralRow qualified(UUID purchase, Instant at) {
        return new ReferralRow(
                id, referrer, friend, State.QUALIFIED, null, purchase, at, createdAt);
    }

    ReferralRow reversed() {
        return new ReferralRow(
                id, referrer, friend, State.REVERSED, null, purchaseId, qualifiedAt, createdAt);
    }
}
