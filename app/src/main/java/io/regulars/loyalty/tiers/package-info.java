/**
 * Who holds which tier, since when and until when. The state lies on the member's account and is
 * moved through the ledger; what counts is summed up from the tenant's own purchases and lots. The
 * policy is pure: it replays a member's history, so that a refund returns the member to where they
 * would be without the purchase. Works in the caller's transaction, on accounts the caller locked.
 */
@NullMarked
package io.regulars.loyalty.tiers;

import org.jspecify.annotations.NullMarked;
