package io.regulars.loyalty.members;

import io.regulars.loyalty.members.MemberRequests.MemberPatch;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.FieldError;
import io.regulars.platform.http.IfMatch;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Changes a member's profile, within the caller's transaction. */
final class ChangeMember {

    /**
     * A birthday edited to less than this many days ahead counts from next year: else editing it
     * pays.
     */
    static final int EDITED_BIRTHDAY_DAYS = 30;

    private final NewZones newZones;

    ChangeMember(NewZones newZones) {
        this.newZones = newZones;
    }

    /**
     * @throws Problem 412, 409 {@code member_exists}, or 422 with pointers
     */
    Member change(TenantTx tx, Member before, MemberPatch patch, IfMatch ifMatch) {
        ifMatch.check(before.version(), "member");
        Member after = patched(tx, before, patch);
        if (after.equals(before)) {
            return before;
        }
        MemberDao dao = new MemberDao(tx);
        refuseTaken(dao, after);
        new MergeDao(tx).release(after.externalId(), after.email());
        dao.update(after);
        newZones.note(tx, List.of(after));
        return dao.find(before.id()).orElseThrow();
    }

    private static Member patched(TenantTx tx, Member before, MemberPatch patch) {
        List<FieldError> errors = new ArrayList<>();
        Profile profile =
                new Profile(
                                merged(patch.externalId(), before.externalId()),
                                merged(patch.email(), before.email()),
                                merged(patch.phone(), before.phone()),
                                merged(patch.name(), before.name()),
                                birthDate(patch.birthDate(), before.birthDate(), errors),
                                merged(patch.locale(), before.locale()),
                                merged(patch.timeZone(), before.timeZone()),
                                merged(patch.attributes(), before.attributes()),
                                before.joinedAt())
                        .normalised(tx, errors);
        int accepted = accepted(tx, before, patch.programVersion(), errors);
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        return before.with(profile, countsFrom(tx, before, profile), before.marketingEmail())
                .accepting(accepted);
    }

    private static int accepted(
            TenantTx tx, Member before, @Nullable Integer version, List<FieldError> errors) {
        if (version == null || version == before.programVersion()) {
            return before.programVersion();
        }
        if (version < before.programVersion()
                || Programs.publications(tx).stream().noneMatch(one -> one.version() == version)) {
            errors.add(
                    new FieldError(
                            "/program_version",
                            "out_of_range",
                            "Must be a published version, not earlier than the one accepted before."));
        }
        return version;
    }

    /** From when the birthday counts after this change of the profile; null for at once. */
    static @Nullable LocalDate countsFrom(TenantTx tx, Member before, Profile profile) {
        BirthDate edited = profile.birthDate();
        BirthDate old = before.birthDate();
        if (edited == null || (old != null && old.day().equals(edited.day()))) {
            return before.birthdayCountsFrom();
        }
        ZoneId zone =
                profile.timeZone() == null ? tx.tenant().zone() : ZoneId.of(profile.timeZone());
        return countsFrom(edited, tx.now().atZone(zone).toLocalDate());
    }

    /** The first day on which an edited birthday counts, or null where it counts at once. */
    static @Nullable LocalDate countsFrom(BirthDate edited, LocalDate today) {
        LocalDate first = edited.nextOnOrAfter(today);
        // A campaign may keep 29 February on the 28th or on 1 March.
        LocalDate last = edited.lastKeptOnOrAfter(today);
        LocalDate next = first.isBefore(last) ? first : last;
        return next.isBefore(today.plusDays(EDITED_BIRTHDAY_DAYS)) ? last.plusDays(1) : null;
    }

    private static void refuseTaken(MemberDao dao, Member after) {
        refuseTaken(after, "/external_id", after.externalId(), (d, v) -> d.byExternalId(v), dao);
        refuseTaken(after, "/email", after.email(), (d, v) -> d.byEmail(v), dao);
    }

    private static void refuseTaken(
            Member after,
            String pointer,
            @Nullable String value,
            BiFunction<MemberDao, String, List<Member>> find,
            MemberDao dao) {
        if (value == null) {
            return;
        }
        find.apply(dao, value).stream()
                .filter(other -> !other.id().equals(after.id()))
                .findFirst()
                .ifPresent(other -> {
                    throw exists(other, pointer);
                });
    }

    static Problem exists(Member other, String pointer) {
        return Problem.of(
                        ProblemType.MEMBER_EXISTS,
                        "Another member has this " + pointer.substring(1) + " already.")
                .at(pointer, "member_exists")
                .with("member", other.id().toString());
    }

    private static @Nullable String merged(@Nullable String change, @Nullable String before) {
        if (change == null) {
            return before;
        }
        return change.isEmpty() ? null : change;
    }

    private static @Nullable BirthDate birthDate(
            @Nullable String change, @Nullable BirthDate before, List<FieldError> errors) {
        if (change == null) {
            return before;
        }
        if (change.isEmpty()) {
            return null;
        }
        Optional<BirthDate> date = BirthDate.parse(change);
        if (date.isEmpty()) {
            errors.add(new FieldError("/birth_date", "invalid_date", BirthDate.FORM));
        }
        return date.orElse(before);
    }

    private static Map<String, Object> merged(
            @Nullable Map<String, Object> change, Map<String, Object> before) {
        if (change == null) {
            return before;
        }
        Map<String, Object> merged = new HashMap<>(before);
        change.forEach((key, value) -> {
            if ("".equals(value)) {
                merged.remove(key);
            } else if (value != null) {
                merged.put(key, value);
            }
        });
        return merged;
    }
}
