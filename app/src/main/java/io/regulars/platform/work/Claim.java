package io.regulars.platform.work;

import java.util.UUID;

/**
 * A lane that this node holds the lease of.
 *
 * @param token what the lease is known by; whoever has lost it may not put the lane back
 * @param noted the count of notes when the lane was claimed; another count later means new work
 * @param failures slices that failed one after the other up to now
 */
record Claim(LaneKey lane, UUID token, long noted, int failures) {}
