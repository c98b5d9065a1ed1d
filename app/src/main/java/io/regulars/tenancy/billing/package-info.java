/**
 * Stripe: checkout, portal, what it tells us, what we report to it. Owns {@code
 * control.stripe_event} and {@code control.meter_report}, writes {@code control.subscription}. What
 * an event says is only a hint that something changed: the subscription is fetched anew and written
 * while its row is locked, so that neither order nor repetition of events matters. A redirect from
 * the checkout grants nothing. Every call that changes something at Stripe has an idempotency key
 * made of what it is for. Nothing here is called while a member or a till waits.
 */
@NullMarked
package io.regulars.tenancy.billing;

import org.jspecify.annotations.NullMarked;
