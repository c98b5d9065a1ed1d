package io.regulars.loyalty.members;

import io.regulars.loyalty.members.EnrolMembers.Consent;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.FieldError;
import io.regulars.platform.ids.TypeIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes or changes members by the hundred, as if one after the other, in few round trips and within
 * the caller's transaction. A member is known by the external id, else by the e-mail address. All
 * is decided in memory on members that are locked; what came out of it is written at the end.
 */
public final class UpsertMembers {

    private static final int TRIES = 3;

    private final EnrolMembers enrolMembers;

    public UpsertMembers(EnrolMembers enrolMembers) {
        this.enrolMembers = enrolMembers;
    }

    /**
     * What is said of one member.
     *
     * @param profile not normalised yet; what is null stays as it is
     * @param consent about marketing mail, with its moment
     */
    public record Entry(Profile profile, @Nullable Consent consent) {}

    /** What became of one entry. */
    public sealed interface Outcome {

        record Created() implements Outcome {}

        record Changed() implements Outcome {}

        record Unchanged() implements Outcome {}

        record Refused(List<FieldError> errors) implements Outcome {}
    }

    /**
     * @return what became of each, in their order; a refused one changes nothing
     */
    public List<Outcome> upsert(TenantTx tx, List<Entry> entries, String recordedBy) {
        return upsert(tx, entries, recordedBy, 1);
    }

    private List<Outcome> upsert(TenantTx tx, List<Entry> entries, String recordedBy, int attempt) {
        Round round = new Round(tx, entries, enrolMembers);
        if (round.handsOver && entries.size() > 1) {
            // One member's former address went to another: no single statement can write that.
            return entries.stream()
                    .map(entry -> upsert(tx, List.of(entry), recordedBy, attempt).getFirst())
                    .toList();
        }
        write(tx, round, recordedBy);
        Set<MemberDraft> overtaken = enrol(tx, round, recordedBy);
        if (overtaken.isEmpty()) {
            return round.outcomes;
        }
        if (attempt == TRIES) {
            throw new IllegalStateException("members keep being made by others");
        }
        return again(tx, round, overtaken, recordedBy, attempt + 1);
    }

    private void write(TenantTx tx, Round round, String recordedBy) {
        List<MemberDraft> changed =
                round.drafts.stream().filter(MemberDraft::isChanged).distinct().toList();
        if (changed.isEmpty()) {
            return;
        }
        List<Member> members = changed.stream().map(draft -> draft.after(tx)).toList();
        new MemberBatchDao(tx).updateAll(members);
        List<ConsentEvent> words = new ArrayList<>();
        for (int i = 0; i < changed.size(); i++) {
            for (Consent consent : changed.get(i).heard()) {
                words.add(event(members.get(i), consent, tx.now(), recordedBy));
            }
        }
        if (!words.isEmpty()) {
            new ConsentDao(tx).insert(words);
        }
        enrolMembers.newZones().note(tx, members);
    }

    private static ConsentEvent event(
            Member member, Consent consent, Instant now, String recordedBy) {
        return new ConsentEvent(
                TypeIds.next(),
                member.id(),
                consent.purpose(),
                consent.granted(),
                consent.source(),
                consent.wording(),
                Objects.requireNonNullElse(consent.at(), now),
                now,
                recordedBy);
    }

    /**
     * @return those whom somebody else made at the same moment
     */
    private Set<MemberDraft> enrol(TenantTx tx, Round round, String recordedBy) {
        List<MemberDraft> fresh =
                round.drafts.stream().filter(d -> d.before().isEmpty()).distinct().toList();
        Set<MemberDraft> overtaken = new HashSet<>();
        if (!fresh.isEmpty()) {
            List<@Nullable Member> made =
                    enrolMembers.enrol(
                            tx, fresh.stream().map(MemberDraft::enrolment).toList(), recordedBy);
            for (int i = 0; i < fresh.size(); i++) {
                if (made.get(i) == null) {
                    overtaken.add(fresh.get(i));
                }
            }
        }
        return overtaken;
    }

    private List<Outcome> again(
            TenantTx tx, Round round, Set<MemberDraft> overtaken, String recordedBy, int attempt) {
        List<Integer> places =
                Stream.iterate(0, i -> i < round.entries.size(), i -> i + 1)
                        .filter(i -> round.draftOf(i).map(overtaken::contains).orElse(false))
                        .toList();
        List<Outcome> later =
                upsert(tx, places.stream().map(round.entries::get).toList(), recordedBy, attempt);
        List<Outcome> outcomes = new ArrayList<>(round.outcomes);
        for (int i = 0; i < places.size(); i++) {
            outcomes.set(places.get(i), later.get(i));
        }
        return outcomes;
    }

    /** The decisions of one batch. */
    private static final class Round {

        final List<Entry> entries;
        final List<Outcome> outcomes = new ArrayList<>();
        final Set<MemberDraft> drafts = new LinkedHashSet<>();
        final List<Optional<MemberDraft>> draftOfEntry = new ArrayList<>();
        boolean handsOver;

        private final TenantTx tx;
        private final EnrolMembers enrolMembers;
        // Asked for the first new one: most files have none.
        private @Nullable Long roomLeft;
        private final Map<String, MemberDraft> byExternalId = new HashMap<>();
        private final Map<String, MemberDraft> byEmail = new HashMap<>();
        private final Map<String, MemberDraft> emailBefore = new HashMap<>();
        private final Set<String> merged = new HashSet<>();

        Round(TenantTx tx, List<Entry> entries, EnrolMembers enrolMembers) {
            this.tx = tx;
            this.enrolMembers = enrolMembers;
            this.entries = entries;
            List<List<FieldError>> errors = new ArrayList<>();
            List<Profile> profiles = new ArrayList<>();
            for (Entry entry : entries) {
                List<FieldError> found = new ArrayList<>();
                profiles.add(entry.profile().normalised(tx, found));
                checkTimes(entry, found);
                errors.add(found);
            }
            load(profiles);
            for (int i = 0; i < entries.size(); i++) {
                draftOfEntry.add(Optional.empty());
                outcomes.add(
                        errors.get(i).isEmpty()
                                ? decide(i, profiles.get(i), entries.get(i).consent())
                                : new Outcome.Refused(errors.get(i)));
            }
            forgetDetours();
        }

        /** Rows of one member that lead back to where they began have changed nothing. */
        private void forgetDetours() {
            for (int i = 0; i < entries.size(); i++) {
                boolean stays =
                        draftOf(i)
                                .map(draft -> draft.before().isPresent() && !draft.isChanged())
                                .orElse(false);
                if (stays && outcomes.get(i) instanceof Outcome.Changed) {
                    outcomes.set(i, new Outcome.Unchanged());
                }
            }
        }

        Optional<MemberDraft> draftOf(int entry) {
            return draftOfEntry.get(entry);
        }

        private void checkTimes(Entry entry, List<FieldError> errors) {
            Profile profile = entry.profile();
            if (profile.externalId() == null
                    && profile.email() == null
                    && profile.phone() != null) {
                errors.add(
                        new FieldError(
                                "",
                                "key_required",
                                "An external_id or an email is needed: a phone may be shared."));
            }
            if (profile.joinedAt() != null && profile.joinedAt().isAfter(tx.now())) {
                errors.add(
                        new FieldError(
                                "/joined_at", "in_the_future", "Must not lie in the future."));
            }
            Consent consent = entry.consent();
            if (consent != null && consent.at() != null && consent.at().isAfter(tx.now())) {
                errors.add(
                        new FieldError(
                                "/consent_at", "in_the_future", "Must not lie in the future."));
            }
        }

        private void load(List<Profile> profiles) {
            MemberBatchDao dao = new MemberBatchDao(tx);
            List<String> externalIds = said(profiles, Profile::externalId);
            List<String> emails = said(profiles, Profile::email);
            List<Member> known = dao.lockMatching(externalIds, emails);
            merged.addAll(dao.merged(externalIds, emails));
            boolean speak = entries.stream().anyMatch(entry -> entry.consent() != null);
            Map<MemberId, Instant> words =
                    known.isEmpty() || !speak
                            ? Map.of()
                            : dao.lastWords(known.stream().map(Member::id).toList());
            for (Member member : known) {
                MemberDraft draft = MemberDraft.of(member, words.get(member.id()));
                index(draft);
                if (member.email() != null) {
                    emailBefore.put(member.email(), draft);
                }
            }
        }

        private static List<String> said(
                List<Profile> profiles, Function<Profile, @Nullable String> what) {
            return profiles.stream()
                    .flatMap(profile -> Stream.ofNullable(what.apply(profile)))
                    .filter(text -> text.indexOf('\0') < 0)
                    .toList();
        }

        private Outcome decide(int entry, Profile said, @Nullable Consent consent) {
            if (isMerged(said.externalId()) || isMerged(said.email())) {
                return refused(
                        isMerged(said.externalId()) ? "/external_id" : "/email",
                        "member_merged",
                        "This belongs to a member that was merged into another.");
            }
            MemberDraft byId =
                    said.externalId() == null ? null : byExternalId.get(said.externalId());
            MemberDraft holder = said.email() == null ? null : byEmail.get(said.email());
            MemberDraft known = byId == null ? holder : byId;
            if (known == null) {
                return create(entry, said, consent);
            }
            String externalId = known.profile().externalId();
            boolean isOther =
                    said.externalId() != null
                            && externalId != null
                            && !said.externalId().equals(externalId);
            if (isOther || (holder != null && holder != known)) {
                return refused(
                        "/email", "member_exists", "Another member has this e-mail address.");
            }
            List<FieldError> errors = new ArrayList<>();
            Profile merged = known.with(said);
            Profile.attributes(merged.attributes(), errors);
            if (!errors.isEmpty()) {
                return new Outcome.Refused(errors);
            }
            draftOfEntry.set(entry, Optional.of(known));
            drafts.add(known);
            unindex(known);
            boolean changed = known.become(merged);
            index(known);
            boolean heard = consent != null && known.hear(consent);
            return changed || heard ? new Outcome.Changed() : new Outcome.Unchanged();
        }

        private boolean isMerged(@Nullable String key) {
            return key != null && merged.contains(key);
        }

        private static Outcome refused(String pointer, String code, String detail) {
            return new Outcome.Refused(List.of(new FieldError(pointer, code, detail)));
        }

        private Outcome create(int entry, Profile said, @Nullable Consent consent) {
            long left = roomLeft == null ? enrolMembers.roomLeft(tx) : roomLeft;
            roomLeft = Math.max(0, left - 1);
            if (left == 0) {
                return refused(
                        "", "plan_limit_reached", "The plan has no room for another member.");
            }
            MemberDraft draft = MemberDraft.ofNew(said);
            if (consent != null) {
                draft.hear(consent);
            }
            draftOfEntry.set(entry, Optional.of(draft));
            drafts.add(draft);
            index(draft);
            return new Outcome.Created();
        }

        private void unindex(MemberDraft draft) {
            byEmail.remove(draft.profile().email());
        }

        private void index(MemberDraft draft) {
            Profile profile = draft.profile();
            if (profile.externalId() != null) {
                byExternalId.put(profile.externalId(), draft);
            }
            if (profile.email() != null) {
                byEmail.put(profile.email(), draft);
                MemberDraft former = emailBefore.get(profile.email());
                handsOver |= former != null && former != draft;
            }
        }
    }
}
