/**
 * What goes out when, and to whom. Owns {@code campaign}, {@code campaign_run} and, in control,
 * {@code campaign_schedule}. A tick only says which tenants are due; the planning is done in their
 * lanes, batch by batch, each batch with its offers, messages and checkpoint in one transaction.
 * Nobody is planned twice for one occurrence: {@code message} is unique by kind, member and
 * occurrence, whatever the campaign.
 */
@NullMarked
package io.regulars.engagement.campaigns;

import org.jspecify.annotations.NullMarked;
