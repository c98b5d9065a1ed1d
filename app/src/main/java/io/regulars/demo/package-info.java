/**
 * What {@code ./regulars demo} does once the service is up: sign a shop up, bring its history in,
 * let the birthday campaign run, and say what happened. Everything goes through the public REST API
 * and the capture inbox, nothing from inside the service, so that whatever works here works for an
 * integrator too. The history comes from a seeded simulator of buyers or from a shop's own file.
 * Owns no tables; keeps {@code demo.json} in the data directory, which is how a second start finds
 * the shop again.
 */
@NullMarked
package io.regulars.demo;

import org.jspecify.annotations.NullMarked;
