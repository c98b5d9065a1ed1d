/**
 * The test clock: a test shop's time stands still until it is moved, and the move does everything
 * that falls due on the way, in order of time, through the same code as the real clock. The time
 * itself is the setting {@code test_clock} of the test schema; {@code control.test_clock_lock} lets
 * one at a time move it.
 */
@NullMarked
package io.regulars.edge.testclock;

import org.jspecify.annotations.NullMarked;
