/**
 * What the shop promises: the versioned program document and its rules. A published version never
 * changes; a purchase earns under the version in force at its time. Reads {@code program_version},
 * to which the publishing room adds; only a test clock that is set back moves the moments at which
 * versions took effect. Rules are pure; reading needs the caller's transaction.
 */
@NullMarked
package io.regulars.loyalty.program;

import org.jspecify.annotations.NullMarked;
