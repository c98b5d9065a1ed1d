/**
 * Turns what happened into points: rules to awards to lots, for purchases as for birthdays and
 * reviews, so that all of them obey the same limits, budgets and ends. Owns the {@code counter}
 * rows of budgets. Works on accounts that the caller has locked, within the caller's transaction.
 */
@NullMarked
package io.regulars.loyalty.awards;

import org.jspecify.annotations.NullMarked;
