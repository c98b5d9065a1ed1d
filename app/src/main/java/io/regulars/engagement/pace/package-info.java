/**
 * How fast mail leaves: so many a second to the relay, of one shop and to one recipient's domain,
 * over all nodes together. Owns {@code control.mail_pace}, one row for each rate and node that is in
 * use, {@code control.mail_slowed} and {@code control.relay_hold}. A node fetches its turns from there in small handfuls, in transactions
 * of its own, and never within a shop's.
 *
 * <p>The bound: nodes that have mail for the same pace share its rate evenly, and in any time of T
 * seconds no more than {@code rate × (T + 1)} leave, and one for each node. A node that stops asking
 * leaves its share to the others after five seconds. What answers somebody does not wait; it is
 * paid for by what leaves after it.
 */
@NullMarked
package io.regulars.engagement.pace;

import org.jspecify.annotations.NullMarked;
