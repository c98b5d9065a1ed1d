package io.regulars.edge.imports;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whose file it is. Files of other systems name members by their address and have columns that we
 * do not need: those are passed over. {@code docs/imports.md} says where each name was found.
 */
public enum ImportFormat {
    REGULARS,
    SQUARE,
    SMILE,
    LOYALTYLION;

    private static final List<String> EMAIL =
            List.of("email", "email address", "customer email", "e-mail");
    private static final List<String> PHONE = List.of("phone number", "phone", "customer phone");

    /** Whom a row is about: the first of these that is filled in, as the external id. */
    private static final List<String> WHO =
            List.of(
                    "email",
                    "email address",
                    "customer email",
                    "e-mail",
                    "phone number",
                    "phone",
                    "customer phone");

    private static final Map<String, List<String>> NAMES =
            Map.ofEntries(
                    Map.entry("external_id", WHO),
                    Map.entry("member_external_id", WHO),
                    Map.entry("email", EMAIL),
                    Map.entry("phone", PHONE),
                    Map.entry(
                            "birth_date",
                            List.of(
                                    "birthday",
                                    "birth date",
                                    "birth_date",
                                    "birthdate",
                                    "date of birth")),
                    Map.entry(
                            "joined_at",
                            List.of(
                                    "enrolled at",
                                    "enrolled_at",
                                    "date joined",
                                    "joined at",
                                    "joined_at",
                                    "created at",
                                    "created_at",
                                    "first visit")),
                    Map.entry(
                            "points",
                            List.of(
                                    "points",
                                    "points balance",
                                    "points_balance",
                                    "point balance",
                                    "approved points",
                                    "points_approved",
                                    "balance",
                                    "loyalty points")),
                    Map.entry("earned_at", List.of("earned_at", "points earned at")),
                    Map.entry(
                            "expires_at",
                            List.of(
                                    "expires_at",
                                    "expires at",
                                    "points expire at",
                                    "points expiry",
                                    "points expiry date",
                                    "points_expire_at",
                                    "expiration date",
                                    "expiry date")));

    /** A name in two columns is joined; a whole one comes first. */
    private static final List<List<String>> PERSON =
            List.of(
                    List.of("name"),
                    List.of("full name"),
                    List.of("customer name"),
                    List.of("first name", "last name"),
                    List.of("first_name", "last_name"),
                    List.of("given name", "family name"));

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ImportFormat> parse(String key) {
        return Arrays.stream(values()).filter(format -> format.key().equals(key)).findFirst();
    }

    boolean isForeign() {
        return this != REGULARS;
    }

    /** Which of the file's columns may hold what we call so; the first that is filled in counts. */
    static List<String> sources(String column) {
        return NAMES.getOrDefault(column, List.of());
    }

    static List<List<String>> person() {
        return PERSON;
    }
}
