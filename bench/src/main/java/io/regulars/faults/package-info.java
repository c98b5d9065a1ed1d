/**
 * What breaks, broken on purpose: {@code ./regulars faults [name]}. Two nodes as processes of the
 * built jar, a PostgreSQL that keeps what it confirmed, a mail relay and a webhook receiver that
 * misbehave on order, and shoppers who do not give up. A fault is one entry in {@link
 * io.regulars.faults.Faults}: what happens to a {@link io.regulars.faults.Town} in full traffic.
 * Afterwards the books are compared with what the shoppers were told. The program writes
 * docs/faults.md, a section for each fault that ran.
 */
@NullMarked
package io.regulars.faults;

import org.jspecify.annotations.NullMarked;
