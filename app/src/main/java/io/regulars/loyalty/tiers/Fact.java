package io.regulars.loyalty.tiers;

import java.time.Instant;

/**
 * Something that counts towards a tier.
 *
 * @param at when it happened, which is when it counts, however late it became known
 */
record Fact(Instant at, long value) {}
