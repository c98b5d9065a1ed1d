/**
 * Members who bring friends. A referral waits until the friend buys, pays both, and is undone with
 * that purchase. Owns {@code referral}.
 */
@NullMarked
package io.regulars.loyalty.referrals;

import org.jspecify.annotations.NullMarked;
