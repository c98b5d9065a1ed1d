package io.regulars.loyalty.law;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one jurisdiction asks of a program: the part {@code program} of its file. What is absent is
 * not asked for.
 *
 * @param publicTerms whether the rules must be public before the start, and which trader's they are
 * @param endDate whether there must be an end
 * @param changeNoticeDays how long before it takes effect a change must be announced
 * @param authorityNoticeDays how many working days before the start the authority must be told
 * @param largestSharePercent what rewards may be worth, of the sales that earn them
 * @param warnSharePercent from where on that is close
 * @param largestDiscountPercent what one discount may come to
 * @param largestDiscountDays how long one may run in a year
 * @param bannedGoods words for what may not be given away
 * @param chanceWords words for rewards that are drawn
 * @param expiryNoticeDays how long before its end points need a warning
 * @param leastInactivityMonths before that much time inactivity may end nothing
 * @param noFixedExpiry whether time alone may end nothing
 */
record ProgramLaw(
        @Nullable Boolean publicTerms,
        @Nullable Boolean endDate,
        @Nullable Integer changeNoticeDays,
        @Nullable Integer authorityNoticeDays,
        @Nullable Integer largestSharePercent,
        @Nullable Integer warnSharePercent,
        @Nullable Integer largestDiscountPercent,
        @Nullable Integer largestDiscountDays,
        @Nullable List<String> bannedGoods,
        @Nullable List<String> chanceWords,
        @Nullable Integer expiryNoticeDays,
        @Nullable Integer leastInactivityMonths,
        @Nullable Boolean noFixedExpiry) {}
