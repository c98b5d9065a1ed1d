/**
 * The published language: one sealed interface, one record per event. Events are written to the
 * tenant's outbox in the transaction in which they happen, and feed webhooks and automation. Owns
 * the tenants' {@code event} table; what was written never changes, but for the mark that it has
 * not been passed on yet.
 */
@NullMarked
package io.regulars.events;

import org.jspecify.annotations.NullMarked;
