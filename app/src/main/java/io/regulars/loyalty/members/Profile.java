package io.regulars.loyalty.members;

import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.FieldError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a member on enrolment, as it came: nothing checked yet.
 *
 * @param joinedAt for histories; null for now
 */
public record Profile(
        @Nullable String externalId,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String name,
        @Nullable BirthDate birthDate,
        @Nullable String locale,
        @Nullable String timeZone,
        @Nullable Map<String, Object> attributes,
        @Nullable Instant joinedAt) {

    static final int LONGEST = 255;
    static final String MUST_BE_OVER = "Must not lie in the future.";
    private static final int MOST_ATTRIBUTES = 100;

    /** Where a day begins first: there nobody is refused who was born today. */
    private static final ZoneOffset FIRST_OF_ALL = ZoneOffset.ofHours(14);

    /** Somebody of whom nothing is known but a till's number. */
    public static Profile ofExternalId(String externalId, Instant joinedAt) {
        return new Profile(externalId, null, null, null, null, null, null, null, joinedAt);
    }

    /**
     * The same with one spelling for each contact, or what is wrong with it.
     *
     * @param tx of the shop whose country phones without a country code belong to
     */
    public Profile normalised(TenantTx tx, List<FieldError> errors) {
        String country = tx.tenant().country();
        if (externalId == null && email == null && phone == null) {
            errors.add(
                    new FieldError(
                            "",
                            "contact_required",
                            "A member needs at least one of external_id, email, phone."));
        }
        if (birthDate != null && birthDate.isAfter(tx.now().atOffset(FIRST_OF_ALL).toLocalDate())) {
            errors.add(new FieldError("/birth_date", "in_the_future", MUST_BE_OVER));
        }
        return new Profile(
                text("/external_id", externalId, errors),
                contact("/email", "invalid_email", email, Contact::email, errors),
                contact("/phone", "invalid_phone", phone, p -> Contact.phone(p, country), errors),
                text("/name", name == null ? null : name.strip(), errors),
                birthDate,
                locale(locale, errors),
                timeZone(timeZone, errors),
                attributes(attributes, errors),
                joinedAt);
    }

    static @Nullable String text(String pointer, @Nullable String text, List<FieldError> errors) {
        if (text != null
                && (text.isBlank() || text.length() > LONGEST || text.indexOf('\0') >= 0)) {
            errors.add(
                    new FieldError(
                            pointer, "invalid_text", "Must have 1 to " + LONGEST + " characters."));
        }
        return text;
    }

    static @Nullable String contact(
            String pointer,
            String code,
            @Nullable String text,
            Function<String, Optional<String>> normalise,
            List<FieldError> errors) {
        if (text == null) {
            return null;
        }
        Optional<String> normalised = normalise.apply(text);
        if (normalised.isEmpty()) {
            errors.add(
                    new FieldError(
                            pointer,
                            code,
                            pointer.equals("/phone")
                                    ? "Must be a phone number, such as +84 905 123 456 or, in the shop's country, 0905 123 456."
                                    : "Must be an e-mail address, such as lan@example.com."));
        }
        return normalised.orElse(text);
    }

    static @Nullable String timeZone(@Nullable String zone, List<FieldError> errors) {
        if (zone == null) {
            return null;
        }
        try {
            // Only names with a place: an offset such as +07:00 knows no daylight saving.
            if (ZoneId.of(zone).getId().equals(zone)
                    && ZoneId.getAvailableZoneIds().contains(zone)) {
                return zone;
            }
        } catch (DateTimeException e) {
            // said below
        }
        errors.add(
                new FieldError(
                        "/time_zone",
                        "invalid_time_zone",
                        "Must be an IANA time zone, such as Asia/Ho_Chi_Minh."));
        return zone;
    }

    static @Nullable String locale(@Nullable String locale, List<FieldError> errors) {
        if (locale == null) {
            return null;
        }
        try {
            Locale parsed = new Locale.Builder().setLanguageTag(locale).build();
            if (!parsed.getLanguage().isEmpty()) {
                return parsed.toLanguageTag();
            }
        } catch (IllformedLocaleException e) {
            // said below
        }
        errors.add(
                new FieldError(
                        "/locale",
                        "invalid_locale",
                        "Must be a language tag, such as vi or en-GB."));
        return locale;
    }

    static @Nullable Map<String, Object> attributes(
            @Nullable Map<String, Object> attributes, List<FieldError> errors) {
        if (attributes == null) {
            return null;
        }
        Map<String, Object> said = new LinkedHashMap<>(attributes);
        said.values().removeIf(Objects::isNull);
        if (said.size() > MOST_ATTRIBUTES) {
            errors.add(
                    new FieldError(
                            "/attributes",
                            "too_many",
                            "A member has at most " + MOST_ATTRIBUTES + " attributes."));
        }
        List<String> bad = new ArrayList<>();
        said.forEach((key, value) -> {
            boolean plain =
                    value instanceof String s
                            ? s.length() <= 1_000 && s.indexOf('\0') < 0
                            : value instanceof Number || value instanceof Boolean;
            if (key.isBlank() || key.length() > 64 || !plain) {
                bad.add(key);
            }
        });
        bad.forEach(key ->
                errors.add(
                        new FieldError(
                                "/attributes/" + key.replace("~", "~0").replace("/", "~1"),
                                "invalid_attribute",
                                "An attribute is a text, number or yes/no; keys have at most 64 characters.")));
        return said;
    }
}
