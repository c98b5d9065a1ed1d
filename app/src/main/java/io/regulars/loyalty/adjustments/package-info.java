/**
 * Points that are given or taken for no rule's sake: by somebody's hand, with a
 * campaign's mail, or because a member had them in the program before this one. Owns no table; the ledger keeps what is booked. Adjusting
 * opens the transaction, the others are booked in the caller's.
 */
@NullMarked
package io.regulars.loyalty.adjustments;

import org.jspecify.annotations.NullMarked;
