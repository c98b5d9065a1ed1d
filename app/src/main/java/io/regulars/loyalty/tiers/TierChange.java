package io.regulars.loyalty.tiers;

import java.util.UUID;

/** A member changed tiers. */
public record TierChange(UUID member, String from, String to, Cause cause) {}
