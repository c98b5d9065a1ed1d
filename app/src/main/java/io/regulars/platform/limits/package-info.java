/**
 * How often somebody may call: buckets that fill at a rate, kept in memory by each node. Owns no
 * tables.
 */
@NullMarked
package io.regulars.platform.limits;

import org.jspecify.annotations.NullMarked;
