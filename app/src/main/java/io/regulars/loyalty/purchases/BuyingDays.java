package io.regulars.loyalty.purchases;

import java.time.Instant;
import java.util.UUID;

/**
 * All that tells a member's rhythm.
 *
 * @param days on how many different local days there was a purchase
 */
public record BuyingDays(UUID member, int days, Instant first, Instant last) {}
