/**
 * Buy so many, get one. The stamps stand in the member's account, which the ledger writes; this
 * room decides how many a purchase gives, when a card is full, and what a refund takes back. Owns
 * no tables.
 */
@NullMarked
package io.regulars.loyalty.stampcards;

import org.jspecify.annotations.NullMarked;
