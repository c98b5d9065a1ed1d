package io.regulars.loyalty.members;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
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
 * @param cardEpoch how often the card got a new address; links with an older number are dead
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
        int cardEpoch,
        int version,
        Instant createdAt,
        Instant updatedAt) {

    /** The same person, of whom something else is known. */
    Member with(Profile profile, @Nullable LocalDate newBirthdayCountsFrom, boolean marketing) {
        return new Member(
                id,
                profile.externalId(),
                profile.email(),
                profile.phone(),
                profile.name(),
                profile.birthDate(),
                newBirthdayCountsFrom,
                profile.locale(),
                profile.timeZone(),
                Objects.requireNonNullElse(profile.attributes(), Map.of()),
                cardNumber,
                referralCode,
                marketing,
                programVersion,
                Objects.requireNonNullElse(profile.joinedAt(), joinedAt),
                cardEpoch,
                version,
                createdAt,
                updatedAt);
    }

    /** The same, having accepted a version; an earlier one takes nothing back. */
    Member accepting(int publishedVersion) {
        return new Member(
                id,
                externalId,
                email,
                phone,
                name,
                birthDate,
                birthdayCountsFrom,
                locale,
                timeZone,
                attributes,
                cardNumber,
                referralCode,
                marketingEmail,
                Math.max(programVersion, publishedVersion),
                joinedAt,
                cardEpoch,
                version,
                createdAt,
                updatedAt);
    }

    /** So much of the address that its owner would know it. */
    public @Nullable String maskedEmail() {
        return email == null ? null : Contact.maskedEmail(email);
    }

    Profile profile() {
        return new Profile(
                externalId, email, phone, name, birthDate, locale, timeZone, attributes, joinedAt);
    }
}
