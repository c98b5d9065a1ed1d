/**
 * What the README claims of speed and scale, as programs: {@code ./regulars bench [name]}. Absolute
 * figures say more about the machine than about us, so each bench takes a reference in the same run
 * and its goal is mostly a ratio. A bench is one class that implements {@link
 * io.regulars.bench.Bench} and a line in {@link io.regulars.bench.Benches}; servers, load and
 * clients are in {@link io.regulars.bench.lab}. The program writes docs/bench.md, a section for
 * each bench that ran.
 */
@NullMarked
package io.regulars.bench;

import org.jspecify.annotations.NullMarked;
