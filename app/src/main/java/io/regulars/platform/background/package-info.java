/**
 * Loops beside the requests: woken when there is work, and looking by themselves now and then. Owns
 * no tables.
 */
@NullMarked
package io.regulars.platform.background;

import org.jspecify.annotations.NullMarked;
