/**
 * The clustered heartbeat: a handful of durable jobs that tick, each once in the cluster, on
 * whichever node is free. Quartz gives the clock and the fail-over; a tick only moves what is due
 * into lanes, which give the scale. Owns the schema {@code quartz}.
 */
@NullMarked
package io.regulars.platform.jobs;

import org.jspecify.annotations.NullMarked;
