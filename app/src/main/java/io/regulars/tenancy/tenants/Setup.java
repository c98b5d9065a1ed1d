package io.regulars.tenancy.tenants;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a new side's first program is made from.
 *
 * @param currency ISO 4217
 * @param preset a whole program ready to use; absent: one point per currency unit
 */
public record Setup(
        String currency,
        @Nullable String preset,
        Locale locale,
        String businessName,
        String country) {}
