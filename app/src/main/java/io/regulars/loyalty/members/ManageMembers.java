package io.regulars.loyalty.members;

import io.regulars.events.Audit;
import io.regulars.events.Event;
import io.regulars.events.Outbox;
import io.regulars.loyalty.members.MemberRequests.ConsentChange;
import io.regulars.loyalty.members.MemberRequests.MemberPatch;
import io.regulars.loyalty.members.MemberRequests.NewMember;
import io.regulars.loyalty.members.MemberViews.Versioned;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.FieldError;
import io.regulars.platform.http.IfMatch;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.tenancy.access.Caller;
import java.util.ArrayList;
import java.util.List;

/** What changes members over {@code /v1/members}; each use case opens one transaction. */
public final class ManageMembers {

    private final TenantDb tenants;
    private final EnrolMembers enrol;
    private final ChangeMember change;
    private final MemberViews views;
    private final PutMember put;
    private final List<Belongings> belongings;
    private final MergeMembers merge;
    private final EraseMember erase;

    /**
     * What follows a member wherever it goes.
     *
     * @param belongings all that members have, in the order in which they are told
     * @param reassessing judges the tier after a merge
     */
    public record Following(List<Belongings> belongings, Reassessing reassessing) {}

    public ManageMembers(
            TenantDb tenants,
            EnrolMembers enrol,
            Programs programs,
            MemberViews views,
            Following following) {
        this.tenants = tenants;
        this.enrol = enrol;
        this.views = views;
        this.change = new ChangeMember(enrol.newZones());
        this.belongings = following.belongings();
        this.put = new PutMember(enrol, change, belongings);
        this.merge = new MergeMembers(programs, following.belongings(), following.reassessing());
        this.erase = new EraseMember(following.belongings());
    }

    /** Gives the member's card another address; all links to it that are out are dead. */
    Versioned newCardUrl(Caller caller, String idInPath) {
        return tenants.inTransaction(
                caller.tenant(),
                tx -> {
                    Member member = lockedInPath(tx, idInPath);
                    new MemberDao(tx).nextCardEpoch(member.id());
                    return views.versioned(tx, caller, found(tx, member.id()));
                });
    }

    /**
     * @throws Problem 409 {@code member_exists}, with the one whose external id or e-mail it is
     */
    Versioned create(Caller caller, NewMember request) {
        return tenants.inTransaction(
                caller.tenant(),
                tx -> {
                    EnrolMembers.Enrolment enrolment = request.enrolment(tx);
                    Member member =
                            enrol.enrol(tx, List.of(enrolment), caller.actor().id()).getFirst();
                    if (member == null) {
                        throw taken(tx, enrolment.profile());
                    }
                    Outbox.append(tx, new Event.MemberCreated(member.id().uuid()));
                    Audit.noteOfMember(tx, "member.created", member.id().toString(), List.of());
                    return views.versioned(tx, caller, member);
                });
    }

    record Put(Versioned member, boolean isNew) {}

    Put put(Caller caller, String idInPath, NewMember body, IfMatch ifMatch) {
        if (!idInPath.startsWith(MemberDirectory.EXTERNAL)) {
            throw Problem.notFound("member");
        }
        NewMember named = body.named(idInPath.substring(MemberDirectory.EXTERNAL.length()));
        return tenants.inTransaction(
                caller.tenant(),
                tx -> {
                    PutMember.Put done = put.put(tx, named, ifMatch, caller.actor().id());
                    Audit.noteOfMember(
                            tx,
                            done.isNew() ? "member.created" : "member.changed",
                            done.member().id().toString(),
                            List.of());
                    return new Put(views.versioned(tx, caller, done.member()), done.isNew());
                });
    }

    Versioned merge(Caller caller, String idInPath, MemberKey from) {
        return tenants.inTransaction(
                caller.tenant(),
                tx -> {
                    Member into = MemberDirectory.requireInPath(tx, idInPath);
                    merge.merge(tx, into, from, caller.actor().id());
                    Audit.noteOfMember(tx, "member.merged", into.id().toString(), List.of());
                    return views.versioned(tx, caller, found(tx, into.id()));
                });
    }

    /**
     * Two members again.
     *
     * @param restored who was taken out
     */
    record Parted(MemberView member, MemberView restored, MergeMembers.NotRestored notRestored) {}

    Parted unmerge(Caller caller, String idInPath, MemberKey from) {
        return tenants.inTransaction(
                caller.tenant(),
                tx -> {
                    Member into = MemberDirectory.requireInPath(tx, idInPath);
                    MergeMembers.Unmerged done = merge.unmerge(tx, into, from, caller.actor().id());
                    Audit.noteOfMember(tx, "member.unmerged", into.id().toString(), List.of());
                    return new Parted(
                            views.versioned(tx, caller, found(tx, into.id())).view(),
                            views.versioned(tx, caller, found(tx, done.restored())).view(),
                            done.notRestored());
                });
    }

    void erase(Caller caller, String idInPath) {
        tenants.run(
                caller.tenant(),
                tx -> {
                    erase.erase(tx, idInPath)
                            .ifPresent(id ->
                                    Audit.noteOfMember(
                                            tx, "member.erased", id.toString(), List.of()));
                });
    }

    Versioned patch(Caller caller, String idInPath, MemberPatch patch, IfMatch ifMatch) {
        return tenants.inTransaction(
                caller.tenant(),
                tx -> {
                    Member before = lockedInPath(tx, idInPath);
                    Member after = change.change(tx, before, patch, ifMatch);
                    Audit.noteOfMember(
                            tx,
                            "member.changed",
                            after.id().toString(),
                            Audit.differing(before, after));
                    return views.versioned(tx, caller, after);
                });
    }

    Versioned consent(Caller caller, String idInPath, String purpose, ConsentChange request) {
        List<FieldError> errors = new ArrayList<>();
        MemberRequests.checkPurpose("", purpose, errors);
        if (!errors.isEmpty()) {
            throw Problem.notFound("purpose");
        }
        MemberRequests.checkSource("/source", request.source(), request.wording(), errors);
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        return tenants.inTransaction(
                caller.tenant(),
                tx -> {
                    Member member = lockedInPath(tx, idInPath);
                    Consents.record(
                            tx,
                            member,
                            purpose,
                            request.granted(),
                            request.source(),
                            request.wording(),
                            caller.actor().id());
                    Consents.refused(tx, member, purpose, request.granted(), belongings);
                    Audit.noteOfMember(
                            tx, "member.consent_changed", member.id().toString(), List.of(purpose));
                    return views.versioned(
                            tx, caller, new MemberDao(tx).find(member.id()).orElseThrow());
                });
    }

    private static Member found(TenantTx tx, MemberId id) {
        return new MemberDao(tx).find(id).orElseThrow(() -> Problem.notFound("member"));
    }

    private static Member lockedInPath(TenantTx tx, String idInPath) {
        MemberDao dao = new MemberDao(tx);
        Member found = MemberDirectory.requireInPath(dao, idInPath);
        return dao.findLocked(found.id()).orElseThrow(() -> Problem.notFound("member"));
    }

    static Problem taken(TenantTx tx, Profile profile) {
        MemberDao dao = new MemberDao(tx);
        List<Member> sameExternalId =
                profile.externalId() == null ? List.of() : dao.byExternalId(profile.externalId());
        if (!sameExternalId.isEmpty()) {
            return ChangeMember.exists(sameExternalId.getFirst(), "/external_id");
        }
        List<Member> sameEmail = profile.email() == null ? List.of() : dao.byEmail(profile.email());
        return sameEmail.isEmpty()
                ? Problem.of(ProblemType.CONFLICT, "Try again.")
                : ChangeMember.exists(sameEmail.getFirst(), "/email");
    }
}
