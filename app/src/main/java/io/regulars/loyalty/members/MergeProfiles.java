package io.regulars.loyalty.members;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a member takes over from another, and what goes back. Pure. The survivor keeps what
 * is known of it and takes what is not; the earlier day of joining counts.
 */
final class MergeProfiles {

    private static final String ATTRIBUTE = "attributes/";

    private MergeProfiles() {}

    /** The member after a merge, and the names of what it took. */
    record Taken(Member survivor, List<String> fields) {}

    /** The survivor after the other was taken out, and the names of what stayed. */
    record Parted(Member survivor, List<String> kept) {}

    static Taken merge(Member survivor, Member from) {
        List<String> fields = new ArrayList<>();
        Map<String, Object> attributes = new HashMap<>(survivor.attributes());
        from.attributes()
                .forEach((key, value) -> {
                    if (attributes.putIfAbsent(key, value) == null) {
                        fields.add(ATTRIBUTE + key);
                    }
                });
        boolean earlier = from.joinedAt().isBefore(survivor.joinedAt());
        if (earlier) {
            fields.add("joined_at");
        }
        Profile profile =
                new Profile(
                        taken("external_id", survivor, from, Member::externalId, fields),
                        taken("email", survivor, from, Member::email, fields),
                        taken("phone", survivor, from, Member::phone, fields),
                        taken("name", survivor, from, Member::name, fields),
                        taken("birth_date", survivor, from, Member::birthDate, fields),
                        taken("locale", survivor, from, Member::locale, fields),
                        taken("time_zone", survivor, from, Member::timeZone, fields),
                        attributes,
                        earlier ? from.joinedAt() : survivor.joinedAt());
        return new Taken(
                survivor.with(
                        profile,
                        fields.contains("birth_date")
                                ? from.birthdayCountsFrom()
                                : survivor.birthdayCountsFrom(),
                        survivor.marketingEmail()),
                fields);
    }

    private static <T> @Nullable T taken(
            String field,
            Member survivor,
            Member from,
            Function<Member, @Nullable T> value,
            List<String> fields) {
        T own = value.apply(survivor);
        T other = value.apply(from);
        if (own == null && other != null) {
            fields.add(field);
        }
        return own == null ? other : own;
    }

    /**
     * Takes back what is still as it was taken.
     *
     * @param from as it was before the merge
     * @param joinedBefore when the survivor joined, before it took the other's day
     * @param fields what it took
     */
    static Parted part(Member survivor, Member from, Instant joinedBefore, List<String> fields) {
        List<String> kept = new ArrayList<>();
        Map<String, Object> attributes = new HashMap<>(survivor.attributes());
        for (String field : fields) {
            if (field.startsWith(ATTRIBUTE)) {
                String key = field.substring(ATTRIBUTE.length());
                if (!attributes.remove(key, from.attributes().get(key))) {
                    kept.add(field);
                }
            }
        }
        Profile profile =
                new Profile(
                        left("external_id", survivor, from, Member::externalId, fields, kept),
                        left("email", survivor, from, Member::email, fields, kept),
                        left("phone", survivor, from, Member::phone, fields, kept),
                        left("name", survivor, from, Member::name, fields, kept),
                        left("birth_date", survivor, from, Member::birthDate, fields, kept),
                        left("locale", survivor, from, Member::locale, fields, kept),
                        left("time_zone", survivor, from, Member::timeZone, fields, kept),
                        attributes,
                        fields.contains("joined_at") ? joinedBefore : survivor.joinedAt());
        return new Parted(
                survivor.with(
                        profile,
                        profile.birthDate() == null ? null : survivor.birthdayCountsFrom(),
                        survivor.marketingEmail()),
                kept);
    }

    private static <T> @Nullable T left(
            String field,
            Member survivor,
            Member from,
            Function<Member, @Nullable T> value,
            List<String> fields,
            List<String> kept) {
        T now = value.apply(survivor);
        if (!fields.contains(field)) {
            return now;
        }
        if (Objects.equals(now, value.apply(from))) {
            return null;
        }
        kept.add(field);
        return now;
    }
}
