/**
 * Time as an argument. {@link io.regulars.platform.time.Clock} is the only door to "now"; local
 * times of shops and members are computed here once, gaps and overlaps of daylight saving included.
 * Owns no tables.
 */
@NullMarked
package io.regulars.platform.time;

import org.jspecify.annotations.NullMarked;
