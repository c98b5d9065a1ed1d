/** Start-up and wiring only; every rule lives in a room below. */
@NullMarked
package io.regulars;

import org.jspecify.annotations.NullMarked;
