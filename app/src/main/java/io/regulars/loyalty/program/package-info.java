/**
 * What the shop promises: the versioned program document. A published version never changes; a
 * purchase earns under the version in force at its time. Owns {@code program_version} and the draft
 * in {@code setting}. Rules are pure; use cases open the transaction.
 */
@NullMarked
package io.regulars.loyalty.program;

import org.jspecify.annotations.NullMarked;
