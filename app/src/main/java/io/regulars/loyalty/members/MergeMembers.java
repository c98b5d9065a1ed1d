package io.regulars.loyalty.members;

import io.regulars.events.Event;
import io.regulars.events.Outbox;
import io.regulars.loyalty.ledger.MergeAccounts;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Makes one member of two, who are one person, within the caller's transaction. Accounts are locked
 * first, like by everybody who moves points, then the members.
 */
final class MergeMembers {

    private final Programs programs;
    private final List<Belongings> belongings;
    private final Reassessing reassessing;

    MergeMembers(Programs programs, List<Belongings> belongings, Reassessing reassessing) {
        this.programs = programs;
        this.belongings = belongings;
        this.reassessing = reassessing;
    }

    /**
     * @throws Problem 422 where {@code from} is the member itself, nobody, or part of another
     */
    void merge(TenantTx tx, Member into, MemberKey key, String by) {
        MemberId fromId = toMerge(tx, into, key);
        MergeAccounts.lock(tx, List.of(fromId.uuid(), into.id().uuid()));
        MergeDao dao = new MergeDao(tx);
        List<MergeDao.Row> rows = dao.lock(fromId, into.id());
        MergeDao.Row fromRow = row(rows, fromId);
        MergeDao.Row intoRow = row(rows, into.id());
        if (into.id().equals(fromRow.mergedInto())) {
            return;
        }
        if (isGone(fromRow) || isGone(intoRow)) {
            throw justChanged();
        }
        Member from = fromRow.member();
        MergeProfiles.Taken taken = MergeProfiles.merge(intoRow.member(), from);
        MergeAccounts.Moved account =
                new MergeAccounts(tx, programs.inForce(tx).number())
                        .merge(fromId.uuid(), into.id().uuid(), inputs("merge", fromId, into));
        Map<String, List<UUID>> moved = new LinkedHashMap<>();
        for (Belongings kind : belongings) {
            moved.put(kind.name(), kind.move(tx, fromId, into.id()));
        }
        ConsentDao consents = new ConsentDao(tx);
        List<ConsentEvent> theirs = consents.of(fromId);
        List<ConsentEvent> words =
                MergeConsents.words(
                        into,
                        consents.of(into.id()),
                        theirs,
                        from.email() != null && from.email().equals(taken.survivor().email()),
                        tx.now(),
                        by);
        consents.move(theirs.stream().map(ConsentEvent::id).toList(), into.id());
        if (!words.isEmpty()) {
            consents.insert(words);
        }
        dao.markMerged(
                fromId,
                into.id(),
                new MergeRecord(
                        tx.now(),
                        by,
                        taken.fields(),
                        from.externalId(),
                        from.email(),
                        intoRow.member().joinedAt(),
                        theirs.stream().map(ConsentEvent::id).toList(),
                        words.stream().map(ConsentEvent::id).toList(),
                        account,
                        moved));
        write(tx, taken.survivor(), MergeConsents.wantsMail(consents.of(into.id())));
        reassessing.merged(tx, into.id(), account.survivor());
        Outbox.append(tx, new Event.MemberMerged(into.id().uuid(), fromId.uuid()));
    }

    /**
     * What could not be put back.
     *
     * @param points spent or expired since the merge
     * @param debt paid since the merge
     * @param fields of the profile, changed since the merge
     */
    record NotRestored(long points, long debt, List<String> fields) {}

    /** Who was taken out again. */
    record Unmerged(MemberId restored, NotRestored notRestored) {}

    /**
     * @throws Problem 422 {@code not_merged}
     */
    Unmerged unmerge(TenantTx tx, Member into, MemberKey key, String by) {
        MemberId fromId = toPart(tx, into, key);
        MergeAccounts.lock(tx, List.of(fromId.uuid(), into.id().uuid()));
        MergeDao dao = new MergeDao(tx);
        List<MergeDao.Row> rows = dao.lock(fromId, into.id());
        MergeDao.Row fromRow = row(rows, fromId);
        MergeRecord merged = fromRow.merged();
        if (merged == null || !into.id().equals(fromRow.mergedInto())) {
            throw justChanged();
        }
        Member survivor = row(rows, into.id()).member();
        MergeAccounts.Kept kept =
                new MergeAccounts(tx, programs.inForce(tx).number())
                        .unmerge(
                                fromId.uuid(),
                                into.id().uuid(),
                                merged.account(),
                                inputs("unmerge", fromId, into));
        for (Belongings kind : belongings) {
            kind.moveBack(
                    tx,
                    into.id(),
                    fromId,
                    merged.belongings().getOrDefault(kind.name(), List.of()));
        }
        partWords(tx, survivor, fromRow.member(), merged, by);
        Member before = withIdentity(fromRow.member(), merged);
        MergeProfiles.Parted parted =
                MergeProfiles.part(survivor, before, merged.survivorJoinedAt(), merged.fields());
        dao.markUnmerged(fromId);
        ConsentDao consents = new ConsentDao(tx);
        write(tx, parted.survivor(), MergeConsents.wantsMail(consents.of(into.id())));
        write(tx, free(new MemberDao(tx), before), MergeConsents.wantsMail(consents.of(fromId)));
        reassessing.parted(tx, into.id(), merged.account().survivor(), fromId);
        Outbox.append(tx, new Event.MemberUnmerged(into.id().uuid(), fromId.uuid()));
        return new Unmerged(fromId, new NotRestored(kept.points(), kept.debt(), parted.kept()));
    }

    /** Words go back to who said them; a no that was said since counts for both. */
    private static void partWords(
            TenantTx tx, Member survivor, Member from, MergeRecord merged, String by) {
        ConsentDao consents = new ConsentDao(tx);
        List<ConsentEvent> together = consents.of(survivor.id());
        boolean refused =
                !MergeConsents.wantsMail(together)
                        && together.stream()
                                .filter(word -> word.purpose().equals(ConsentEvent.MARKETING_EMAIL))
                                .findFirst()
                                .filter(word ->
                                        !merged.words().contains(word.id())
                                                && word.recordedAt().isAfter(merged.at()))
                                .isPresent();
        consents.move(merged.consents(), from.id());
        List<ConsentEvent> words =
                new ArrayList<>(
                        MergeConsents.withdrawn(
                                survivor,
                                consents.of(survivor.id()),
                                Set.copyOf(merged.words()),
                                tx.now(),
                                by));
        if (refused && MergeConsents.wantsMail(consents.of(from.id()))) {
            words.add(
                    MergeConsents.word(
                            from,
                            ConsentEvent.MARKETING_EMAIL,
                            false,
                            MergeConsents.UNMERGE,
                            tx.now(),
                            by));
        }
        if (!words.isEmpty()) {
            consents.insert(words);
        }
    }

    private static Member withIdentity(Member from, MergeRecord merged) {
        Profile row = from.profile();
        return from.with(
                new Profile(
                        merged.fields().contains("external_id")
                                ? merged.externalId()
                                : row.externalId(),
                        merged.fields().contains("email") ? merged.email() : row.email(),
                        row.phone(),
                        row.name(),
                        row.birthDate(),
                        row.locale(),
                        row.timeZone(),
                        row.attributes(),
                        row.joinedAt()),
                from.birthdayCountsFrom(),
                from.marketingEmail());
    }

    /** Without what somebody else has by now. The survivor has given up what it took already. */
    private static Member free(MemberDao dao, Member from) {
        Profile own = from.profile();
        String externalId = own.externalId();
        String email = own.email();
        boolean idIsFree =
                externalId == null
                        || dao.byExternalId(externalId).stream()
                                .allMatch(other -> other.id().equals(from.id()));
        boolean emailIsFree =
                email == null
                        || dao.byEmail(email).stream()
                                .allMatch(other -> other.id().equals(from.id()));
        return from.with(
                new Profile(
                        idIsFree ? externalId : null,
                        emailIsFree ? email : null,
                        own.phone(),
                        own.name(),
                        own.birthDate(),
                        own.locale(),
                        own.timeZone(),
                        own.attributes(),
                        own.joinedAt()),
                from.birthdayCountsFrom(),
                from.marketingEmail());
    }

    private static void write(TenantTx tx, Member member, boolean wantsMail) {
        new MemberBatchDao(tx)
                .updateAll(
                        List.of(
                                member.with(
                                        member.profile(), member.birthdayCountsFrom(), wantsMail)));
    }

    private static MemberId toMerge(TenantTx tx, Member into, MemberKey key) {
        List<MemberDao.Named> found =
                MemberDirectory.named(tx, key).stream()
                        .filter(row -> !row.member().id().equals(into.id()))
                        .toList();
        if (found.isEmpty() && !MemberDirectory.named(tx, key).isEmpty()) {
            throw Problem.invalid("/from", "same_member", "A member cannot be merged into itself.");
        }
        MemberDao.Named from = one(found);
        MemberId elsewhere = from.mergedInto();
        if (elsewhere != null && !elsewhere.equals(into.id())) {
            throw Problem.of(ProblemType.MEMBER_NOT_FOUND, "It was merged into another member.")
                    .at("/from", "member_merged");
        }
        return from.member().id();
    }

    private static MemberId toPart(TenantTx tx, Member into, MemberKey key) {
        List<MemberDao.Named> found = MemberDirectory.named(tx, key);
        List<MemberDao.Named> parts =
                found.stream().filter(row -> into.id().equals(row.mergedInto())).toList();
        if (parts.isEmpty() && !found.isEmpty()) {
            throw Problem.of(ProblemType.NOT_MERGED, "This member was not merged into the other.")
                    .at("/from", "not_merged");
        }
        return one(parts).member().id();
    }

    private static MemberDao.Named one(List<MemberDao.Named> found) {
        if (found.isEmpty()) {
            throw Problem.of(ProblemType.MEMBER_NOT_FOUND, MemberDirectory.NOBODY)
                    .at("/from", "member_not_found");
        }
        if (found.size() > 1) {
            throw Problem.of(
                            ProblemType.MEMBER_AMBIGUOUS,
                            found.size() + " members fit; name one by id.")
                    .at("/from", "member_ambiguous");
        }
        return found.getFirst();
    }

    private static MergeDao.Row row(List<MergeDao.Row> rows, MemberId id) {
        return rows.stream()
                .filter(row -> row.member().id().equals(id))
                .findFirst()
                .orElseThrow(MergeMembers::justChanged);
    }

    private static boolean isGone(MergeDao.Row row) {
        return row.mergedInto() != null || row.isErased();
    }

    private static Problem justChanged() {
        return Problem.of(
                ProblemType.CONFLICT, "One of the two was changed at this moment; try again.");
    }

    private static Map<String, Object> inputs(String what, MemberId from, Member into) {
        return Map.of("reason", what, "from", from.toString(), "into", into.id().toString());
    }
}
