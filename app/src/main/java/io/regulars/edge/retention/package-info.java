/**
 * Forgets what has been kept long enough: events, the texts of messages, webhook deliveries, the
 * audit log. In batches, each in a transaction of its own, so that no till waits for one; what was
 * forgotten is logged by number. Owns no tables; keeps in {@code setting} when a side was done.
 */
@NullMarked
package io.regulars.edge.retention;

import org.jspecify.annotations.NullMarked;
