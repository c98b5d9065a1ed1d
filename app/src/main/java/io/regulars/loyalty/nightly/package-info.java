/**
 * What falls due at a shop's midnight, in one published order: pending points become available,
 * tiers end, points expire, and what a new version of the program changes is brought to everybody;
 * then the points for birthdays and anniversaries, at each member's own midnight. How far it has
 * come stands in the {@code setting} named {@code nightly}, written in the transaction of each
 * batch, so a crash repeats nothing. {@link io.regulars.loyalty.nightly.NightlyWork} opens the
 * transactions.
 */
@NullMarked
package io.regulars.loyalty.nightly;

import org.jspecify.annotations.NullMarked;
