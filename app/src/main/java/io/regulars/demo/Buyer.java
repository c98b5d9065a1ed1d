package io.regulars.demo;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One simulated member, as the shop's files know them.
 *
 * @param gone dropped out for good; the shop cannot see this, only the simulator knows
 */
public record Buyer(
        String externalId,
        String name,
        @Nullable String email,
        @Nullable String phone,
        @Nullable Birth birth,
        String locale,
        @Nullable Consent consent,
        Instant joinedAt,
        boolean gone) {

    /** An answer to "may we send you offers by e-mail?", and where and when it was given. */
    public record Consent(boolean granted, String source, Instant at) {}

    boolean hasBirthdayOn(LocalDate today) {
        return birth != null && birth.fallsOn(today);
    }

    public boolean consents() {
        return consent != null && consent.granted();
    }
}
