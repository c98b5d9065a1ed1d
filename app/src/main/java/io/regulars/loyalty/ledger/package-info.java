/**
 * The only writer of points. Owns {@code account}, {@code lot} and {@code ledger_entry}; nobody
 * else names them. The ledger is append-only (the tenant's role may not even update it); balance =
 * sum of entries = open lots − debt. Works in the caller's transaction, on accounts that the caller
 * locked in the order of their ids.
 */
@NullMarked
package io.regulars.loyalty.ledger;

import org.jspecify.annotations.NullMarked;
