/**
 * How a program comes to be what the shop promises: the draft, its checks, presets to begin with,
 * publishing with legal doubts. Owns the draft in {@code setting} and adds rows to {@code
 * program_version}; use cases open the transaction. What is kept as a draft has passed every check,
 * so that publishing it asks only for what may have changed since.
 */
@NullMarked
package io.regulars.loyalty.publishing;

import org.jspecify.annotations.NullMarked;
