/**
 * A year of the four mission campaigns in many shops at once, as fast as the service gets through
 * it: {@link io.regulars.bench.year.Neighbourhood} draws shops and buyers from the demo's
 * simulator, {@link io.regulars.bench.year.YearBench} lets them live on a real service whose clock
 * it moves, {@link io.regulars.bench.year.CapturedMail} keeps what reached the relay, and {@link
 * io.regulars.bench.year.Account} holds that against {@link io.regulars.testing.Expected}, which
 * knows nothing of the service.
 */
@NullMarked
package io.regulars.bench.year;

import org.jspecify.annotations.NullMarked;
