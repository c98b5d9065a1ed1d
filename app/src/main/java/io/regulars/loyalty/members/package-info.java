/**
 * Who belongs to a shop's program: enrolment, profile, identity, consent. Owns {@code member} and
 * {@code consent_event}; {@code member.marketing_email} is always the latest consent event's word.
 * Use cases open the transaction.
 */
@NullMarked
package io.regulars.loyalty.members;

import org.jspecify.annotations.NullMarked;
