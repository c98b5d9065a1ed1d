/**
 * What happens when somebody joins: the welcome of the program, its rules on joining, and the word
 * of whoever sent the new member. Owns no tables.
 */
@NullMarked
package io.regulars.loyalty.welcome;

import org.jspecify.annotations.NullMarked;
