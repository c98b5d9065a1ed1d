/**
 * What members are given: the catalogue, what points buy of it, and vouchers until they are used.
 * Owns {@code voucher} and the {@code counter} rows of stocks. A voucher keeps the reward's terms
 * as they were when it was issued, so that no later program can take them back.
 */
@NullMarked
package io.regulars.loyalty.rewards;

import org.jspecify.annotations.NullMarked;
