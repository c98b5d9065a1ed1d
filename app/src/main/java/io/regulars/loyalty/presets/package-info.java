/**
 * Whole programs ready to use: {@code tenants-config/presets/}. Owns no tables. A preset is written
 * in the currency of its model; for another one its amounts are converted by round units of
 * spending ({@code tenants-config/currencies.yml}), which are no exchange rates and never change by
 * themselves.
 */
@NullMarked
package io.regulars.loyalty.presets;

import org.jspecify.annotations.NullMarked;
