package io.regulars.loyalty.members;

import io.regulars.events.Audit;
import io.regulars.loyalty.ledger.Balances;
import io.regulars.loyalty.members.MemberRequests.MemberPatch;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.tiers.Tiers;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Actors;
import io.regulars.platform.http.IfMatch;
import io.regulars.platform.http.Problem;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** What members do themselves on their card, within the caller's transaction. */
public final class OwnCard {

    /** Who never confirmed an enrolment is kept no longer than this. */
    private static final Duration UNCONFIRMED = Duration.ofDays(14);

    private static final int AT_ONCE = 200;

    private final Programs programs;
    private final EnrolMembers enrolMembers;
    private final ChangeMember change;
    private final EraseMember erase;
    private final EraseMember eraseStranger;
    private final ExportMember export;

    public OwnCard(Programs programs, EnrolMembers enrolMembers, List<Belongings> belongings) {
        this.programs = programs;
        this.enrolMembers = enrolMembers;
        this.change = new ChangeMember(enrolMembers.newZones());
        this.erase = new EraseMember(belongings);
        // No file tells of them, so none has to go with them: anybody may fill in a form.
        this.eraseStranger =
                new EraseMember(belongings.stream().filter(kind -> !kind.isCopy()).toList());
        this.export = new ExportMember(belongings);
    }

    /**
     * What a member says of themselves; an empty text clears.
     *
     * @param birthDate ISO, or {@code --02-28}
     */
    public record Correction(String name, String phone, String birthDate, String locale) {}

    /**
     * @throws Problem 422 with a pointer for each thing that is not right
     */
    public Member correct(TenantTx tx, Member member, Correction said) {
        Member locked =
                new MemberDao(tx)
                        .findLocked(member.id())
                        .orElseThrow(() -> Problem.notFound("member"));
        Member after =
                change.change(
                        tx,
                        locked,
                        new MemberPatch(
                                null,
                                null,
                                said.phone(),
                                said.name(),
                                said.birthDate(),
                                said.locale(),
                                null,
                                null,
                                null),
                        IfMatch.of(null));
        note(tx, "member.changed", member, Audit.differing(locked, after));
        return after;
    }

    /** The member has read the terms that hold now, and agrees. */
    public Member accept(TenantTx tx, Member member) {
        Member after = enrolMembers.acceptPresentTerms(tx, member.id());
        note(tx, "member.changed", member, Audit.differing(member, after));
        return after;
    }

    /** Makes all links to the card void. */
    public Member newAddress(TenantTx tx, Member member) {
        MemberDao dao = new MemberDao(tx);
        dao.nextCardEpoch(member.id());
        note(tx, "member.card_renewed", member, List.of());
        return dao.find(member.id()).orElseThrow(() -> Problem.notFound("member"));
    }

    /** Ends the membership and forgets the person. */
    public void leave(TenantTx tx, Member member) {
        JoinProgram.forget(tx, member.id());
        erase.erase(tx, member.id().toString());
        note(tx, "member.erased", member, List.of());
    }

    /** On a card nobody but its member acts. */
    private static void note(TenantTx tx, String action, Member member, List<String> fields) {
        String id = member.id().toString();
        Actors.as(id, () -> Audit.noteOfMember(tx, action, id, fields));
    }

    /** All that is known of the member, to be written as JSON. */
    public Object download(TenantTx tx, Member member) {
        UUID id = member.id().uuid();
        return export.export(
                tx,
                member,
                MemberView.of(
                        member,
                        Balances.of(tx, id),
                        Tiers.of(tx, programs.history(tx), List.of(id)).get(id),
                        true,
                        null,
                        null));
    }

    /** Forgets {@link Strangers} whose link has long been over. */
    public void forgetUnconfirmed(TenantTx tx) {
        for (MemberId member : Strangers.abandoned(tx, tx.now().minus(UNCONFIRMED), AT_ONCE)) {
            JoinProgram.forget(tx, member);
            MemberDirectory.find(tx, member)
                    .filter(found -> found.id().equals(member))
                    .ifPresent(found -> eraseStranger.erase(tx, found.id().toString()));
        }
    }
}
