package io.regulars.loyalty.members;

import io.regulars.loyalty.members.EnrolMembers.Consent;
import io.regulars.loyalty.members.EnrolMembers.Enrolment;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A member as a batch of changes leaves it, before anything is written. */
final class MemberDraft {

    private final @Nullable Member before;
    private final List<Consent> consents = new ArrayList<>();
    private Profile profile;
    private boolean marketing;
    private @Nullable Instant lastWord;

    private MemberDraft(@Nullable Member before, Profile profile) {
        this.before = before;
        this.profile = profile;
    }

    static MemberDraft ofNew(Profile profile) {
        return new MemberDraft(null, profile);
    }

    static MemberDraft of(Member member, @Nullable Instant lastWord) {
        MemberDraft draft = new MemberDraft(member, member.profile());
        draft.marketing = member.marketingEmail();
        draft.lastWord = lastWord;
        return draft;
    }

    Profile profile() {
        return profile;
    }

    Optional<Member> before() {
        return Optional.ofNullable(before);
    }

    /**
     * The profile as it would be with what is said here; nothing said leaves things as they are.
     */
    Profile with(Profile said) {
        return new Profile(
                said.externalId() == null ? profile.externalId() : said.externalId(),
                said.email() == null ? profile.email() : said.email(),
                said.phone() == null ? profile.phone() : said.phone(),
                said.name() == null ? profile.name() : said.name(),
                said.birthDate() == null ? profile.birthDate() : said.birthDate(),
                said.locale() == null ? profile.locale() : said.locale(),
                said.timeZone() == null ? profile.timeZone() : said.timeZone(),
                attributes(said),
                said.joinedAt() == null ? profile.joinedAt() : said.joinedAt());
    }

    private @Nullable Map<String, Object> attributes(Profile said) {
        Map<String, Object> had = profile.attributes();
        if (said.attributes() == null) {
            return had;
        }
        Map<String, Object> merged = had == null ? new HashMap<>() : new HashMap<>(had);
        said.attributes()
                .forEach((key, value) -> {
                    // A file knows only text; a number that reads the same stays a number.
                    if (!value.equals(String.valueOf(merged.get(key)))) {
                        merged.put(key, value);
                    }
                });
        return merged;
    }

    /** Takes the profile over; false where it is the same. */
    boolean become(Profile changed) {
        boolean differs = !changed.equals(profile);
        profile = changed;
        return differs;
    }

    /** Takes the member's word, unless a later one is known. */
    boolean hear(Consent consent) {
        Instant at = Objects.requireNonNull(consent.at());
        if (lastWord != null && !at.isAfter(lastWord)) {
            return false;
        }
        lastWord = at;
        marketing = consent.granted();
        consents.add(consent);
        return true;
    }

    List<Consent> heard() {
        return consents;
    }

    boolean isChanged() {
        return before != null && (!consents.isEmpty() || !profile.equals(before.profile()));
    }

    Enrolment enrolment() {
        return Enrolment.imported(profile, List.copyOf(consents));
    }

    /** The member to be written; for one that is there already. */
    Member after(TenantTx tx) {
        Member member = Objects.requireNonNull(before);
        return member.with(profile, countsFrom(tx, member), marketing);
    }

    /** One that was missing so far is filled in, not edited: it counts at once. */
    private @Nullable LocalDate countsFrom(TenantTx tx, Member member) {
        return member.birthDate() == null ? null : ChangeMember.countsFrom(tx, member, profile);
    }
}
