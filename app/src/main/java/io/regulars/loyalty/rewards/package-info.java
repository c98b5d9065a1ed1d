/**
 * What members are given: the catalogue and the vouchers issued from it. Owns {@code voucher}. A
 * voucher keeps the reward's terms as they were when it was issued, so that no later program can
 * take them back.
 */
@NullMarked
package io.regulars.loyalty.rewards;

import org.jspecify.annotations.NullMarked;
