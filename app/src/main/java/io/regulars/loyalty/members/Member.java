package io.regulars.loyalty.members;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A member as kept.
 *
 * @param email lower-cased
 * @param phone E.164
 * @param birthdayCountsFrom birthdays before this day do not count, because the date was edited
 *     shortly before
 * @param locale BCP 47; null for the shop's
 * @param timeZone IANA; null for the shop's
 * @param marketingEmail whether the latest word on marketing mail was yes
 * @param programVersion the version that the member accepted
 */
public record Member(
        MemberId id,
        @Nullable String externalId,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String name,
        @Nullable BirthDate birthDate,
        @Nullable LocalDate birthdayCountsFrom,
        @Nullable String locale,
        @Nullable String timeZone,
        Map<String, Object> attributes,
        String cardNumber,
        String referralCode,
        boolean marketingEmail,
        int programVersion,
        Instant joinedAt,
        int version,
        Instant createdAt,
        Instant updatedAt) {}
