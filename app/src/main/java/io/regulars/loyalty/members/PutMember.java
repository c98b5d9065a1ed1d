package io.regulars.loyalty.members;

import io.regulars.events.Event;
import io.regulars.events.Outbox;
import io.regulars.loyalty.members.EnrolMembers.Consent;
import io.regulars.loyalty.members.MemberRequests.NewMember;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.IfMatch;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the member with an external id, or changes the one there is, so that a shop's own system
 * can say what it knows without asking first. Within the caller's transaction.
 */
final class PutMember {

    private final EnrolMembers enrol;
    private final ChangeMember change;
    private final List<Belongings> belongings;

    PutMember(EnrolMembers enrol, ChangeMember change, List<Belongings> belongings) {
        this.enrol = enrol;
        this.change = change;
        this.belongings = belongings;
    }

    record Put(Member member, boolean isNew) {}

    /**
     * @param body with the external id
     * @throws Problem 404 {@code member_merged}, 409 {@code member_exists}, 412
     */
    Put put(TenantTx tx, NewMember body, IfMatch ifMatch, String by) {
        EnrolMembers.Enrolment enrolment = body.enrolment(tx);
        String externalId = body.externalId() == null ? "" : body.externalId();
        Optional<Member> there = there(tx, externalId);
        if (there.isEmpty()) {
            if (ifMatch.isSent()) {
                throw Problem.of(ProblemType.PRECONDITION_FAILED, "There is no such member yet.");
            }
            Member made = enrol.enrol(tx, List.of(enrolment), by).getFirst();
            if (made != null) {
                Outbox.append(tx, new Event.MemberCreated(made.id().uuid()));
                return new Put(made, true);
            }
            // Somebody else may have made it at this very moment.
            there = there(tx, externalId);
        }
        Member before = there.orElseThrow(() -> ManageMembers.taken(tx, enrolment.profile()));
        Member after = change.change(tx, before, body.patch(), ifMatch);
        for (Consent word : enrolment.consents()) {
            if (isNews(tx, after, word)) {
                Consents.record(tx, after, word, by);
                Consents.refused(tx, after, word.purpose(), word.granted(), belongings);
            }
        }
        return new Put(new MemberDao(tx).find(after.id()).orElseThrow(), false);
    }

    private static Optional<Member> there(TenantTx tx, String externalId) {
        MemberDao dao = new MemberDao(tx);
        Optional<MemberDao.Named> row = dao.namedExternally(externalId).stream().findFirst();
        MemberId into = row.map(MemberDao.Named::mergedInto).orElse(null);
        if (into != null) {
            throw MemberDirectory.merged(dao, into);
        }
        return row.flatMap(found -> dao.findLocked(found.member().id()));
    }

    /**
     * A system that says the same every night says nothing new; and its yes, which it has had for
     * long, does not undo the no that the member has said by a link since.
     */
    private static boolean isNews(TenantTx tx, Member member, Consent word) {
        Optional<ConsentEvent> last =
                new ConsentDao(tx)
                        .of(member.id()).stream()
                                .filter(event -> event.purpose().equals(word.purpose()))
                                .findFirst();
        if (last.isEmpty()) {
            return true;
        }
        @Nullable Instant at = word.at();
        if (at != null) {
            return at.isAfter(last.get().occurredAt());
        }
        boolean ownNo = !last.get().granted() && last.get().recordedBy().startsWith("mem_");
        return word.granted() != last.get().granted() && !ownNo;
    }
}
