package io.regulars.loyalty.law;

import io.regulars.loyalty.program.Program;
import io.regulars.tenancy.tenants.Profile;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a program is made public.
 *
 * @param country of the shop, ISO 3166-1 alpha-2
 * @param before what was promised to members until now; null while there are none
 */
public record Announcement(
        String country,
        Profile profile,
        @Nullable Program before,
        @Nullable String reason,
        Instant publishedAt,
        Instant effectiveAt) {}
