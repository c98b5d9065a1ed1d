package io.regulars.loyalty.members;

import org.jspecify.annotations.Nullable;

/** What must be known of a member to wish a happy birthday. */
public record BirthdayMember(
        MemberId id,
        BirthDate birthDate,
        boolean marketingEmail,
        @Nullable String email,
        @Nullable String locale) {}
