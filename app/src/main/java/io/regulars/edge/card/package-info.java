/**
 * A member's own card: where they stand, what they can have, what happened and why, their own data.
 * Owns no tables. The token in the address is the only credential. It has no end, but a number that
 * the member or the shop can make void; nothing can be learned from an address that was not given.
 * GET and HEAD change nothing, and what the forms do is bound to the address, so another site can
 * send none of them.
 */
@NullMarked
package io.regulars.edge.card;

import org.jspecify.annotations.NullMarked;
