/**
 * Tells shops' own systems what happened: endpoints, deliveries and the feed of events. Endpoints
 * are rows of {@code setting} ({@code webhook:<id>}, at most 20 a side), because they belong to the
 * side's data, are exported and emptied with it, and are locked in the transactions that use them;
 * a table of their own would cost every shop memory, and control holds nothing of a shop's
 * business. Owns {@code webhook_delivery}.
 *
 * <p>Events are passed on in the transaction that takes their mark away (see {@code
 * io.regulars.events.Outbox}), so each reaches each endpoint's list exactly once; from there it is
 * sent at least once, always with the same {@code webhook-id}. Whoever changes deliveries of an
 * endpoint has locked its row first.
 *
 * <p>Order: an endpoint gets one delivery at a time, in the order of events. One that failed holds
 * back those behind it, each until ten minutes after its own making: that covers the first three
 * tries and most restarts, and one event that a receiver cannot digest does not silence it for
 * days. Behind that bound the order is lost, as it is with any sender that does not stop.
 */
@NullMarked
package io.regulars.engagement.webhooks;

import org.jspecify.annotations.NullMarked;
