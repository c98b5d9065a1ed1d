/**
 * Typed identifiers (TypeID form over UUIDv7) and the only source of randomness. Owns no tables.
 */
@NullMarked
package io.regulars.platform.ids;

import org.jspecify.annotations.NullMarked;
