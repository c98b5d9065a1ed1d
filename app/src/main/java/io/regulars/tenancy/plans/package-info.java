/**
 * What a shop may use, and what it uses: plans, limits, usage, warnings. Reads {@code
 * control.subscription}, which {@code tenancy.billing} writes with the DAO of this room, and owns
 * {@code control.told_owners}. Plans come from {@code tenants-config/plans.yml}. Without Stripe
 * keys there are no limits. What a shop owes never keeps its members from earning and spending:
 * only new members, advertising beyond the plan and further colleagues are refused. Limits are
 * looked up at most once in four seconds; of several enrolments at the same moment each sees those
 * that were committed before, so that a limit may be passed by as many as there are at once.
 */
@NullMarked
package io.regulars.tenancy.plans;

import org.jspecify.annotations.NullMarked;
