package io.regulars.loyalty.members;

import io.regulars.events.Audit;
import io.regulars.events.Event;
import io.regulars.events.Outbox;
import io.regulars.loyalty.ledger.Balances;
import io.regulars.loyalty.ledger.PointsView;
import io.regulars.loyalty.members.MemberRequests.ConsentChange;
import io.regulars.loyalty.members.MemberRequests.MemberPatch;
import io.regulars.loyalty.members.MemberRequests.NewMember;
import io.regulars.loyalty.members.MemberRequests.Search;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.tiers.TierView;
import io.regulars.loyalty.tiers.Tiers;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.FieldError;
import io.regulars.platform.http.IfMatch;
import io.regulars.platform.http.Page;
import io.regulars.platform.http.PageRequest;
import io.regulars.platform.http.Positions;
import io.regulars.platform.http.Positions.TimeAndId;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.tenancy.access.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The use cases behind {@code /v1/members}; each opens one transaction. */
public final class ManageMembers {

    private final TenantDb tenants;
    private final EnrolMembers enrol;
    private final ChangeMember change;
    private final Programs programs;
    private final MemberLinks links;
    private final PutMember put;
    private final List<Belongings> belongings;
    private final MergeMembers merge;
    private final EraseMember erase;
    private final ExportMember export;

    /**
     * What follows a member wherever it goes.
     *
     * @param belongings all that members have, in the order in which they are told
     * @param reassessing judges the tier after a merge
     * @param links to the member's own pages
     */
    public record Following(
            List<Belongings> belongings, Reassessing reassessing, MemberLinks links) {}

    public ManageMembers(
            TenantDb tenants, EnrolMembers enrol, Programs programs, Following following) {
        this.tenants = tenants;
        this.enrol = enrol;
        this.programs = programs;
        this.links = following.links();
        this.change = new ChangeMember(enrol.newZones());
        this.belongings = following.belongings();
        this.put = new PutMember(enrol, change, belongings);
        this.merge = new MergeMembers(programs, following.belongings(), following.reassessing());
        this.erase = new EraseMember(following.belongings());
        this.export = new ExportMember(following.belongings());
    }

    /** Gives the member's card another address; all links to it that are out are dead. */
    Versioned newCardUrl(Caller caller, String idInPath) {
        return tenants.inTransaction(
                caller.tenant(),
                tx -> {
                    Member member = lockedInPath(tx, idInPath);
                    new MemberDao(tx).nextCardEpoch(member.id());
                    return versioned(tx, caller, found(tx, member.id()));
                });
    }

    /** A member and the version of its row, for an ETag. */
    record Versioned(MemberView view, int version) {}

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
                    return versioned(tx, caller, member);
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
                    return new Put(versioned(tx, caller, done.member()), done.isNew());
                });
    }

    Versioned merge(Caller caller, String idInPath, MemberKey from) {
        return tenants.inTransaction(
                caller.tenant(),
                tx -> {
                    Member into = MemberDirectory.requireInPath(tx, idInPath);
                    merge.merge(tx, into, from, caller.actor().id());
                    Audit.noteOfMember(tx, "member.merged", into.id().toString(), List.of());
                    return versioned(tx, caller, found(tx, into.id()));
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
                            versioned(tx, caller, found(tx, into.id())).view(),
                            versioned(tx, caller, found(tx, done.restored())).view(),
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

    ExportMember.MemberExport export(Caller caller, String idInPath) {
        return tenants.inTransaction(
                caller.tenant(),
                tx -> {
                    Member member = MemberDirectory.requireInPath(tx, idInPath);
                    return export.export(tx, member, versioned(tx, caller, member).view());
                });
    }

    Page<DuplicateView> duplicates(Caller caller, PageRequest page) {
        return tenants.inTransaction(
                caller.tenant(),
                tx -> {
                    Page<FindDuplicates.Alike> found = FindDuplicates.page(tx, page);
                    Standings standings =
                            standings(
                                    tx,
                                    found.data().stream()
                                            .flatMap(pair -> pair.members().stream())
                                            .distinct()
                                            .toList());
                    return new Page<>(
                            found.data().stream()
                                    .map(pair ->
                                            new DuplicateView(
                                                    pair.reasons(),
                                                    pair.members().stream()
                                                            .map(m -> view(caller, m, standings))
                                                            .toList()))
                                    .toList(),
                            found.nextCursor());
                });
    }

    /**
     * Two members who may be one person.
     *
     * @param reasons of phone, email, name_and_birth_date
     * @param members the newer one first
     */
    record DuplicateView(List<String> reasons, List<MemberView> members) {}

    Versioned get(Caller caller, String idInPath) {
        return tenants.inTransaction(
                caller.tenant(),
                tx ->
                        versioned(
                                tx,
                                caller,
                                MemberDirectory.requireInPath(new MemberDao(tx), idInPath)));
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
                    return versioned(tx, caller, after);
                });
    }

    Page<MemberView> list(Caller caller, PageRequest page, @Nullable Instant updatedSince) {
        return tenants.inTransaction(
                caller.tenant(),
                tx -> {
                    List<Member> rows =
                            updatedSince == null
                                    ? new MemberDao(tx)
                                            .page(Positions.id(page.after()), page.fetch())
                                    : changed(tx, page, updatedSince);
                    Standings standings = standings(tx, rows);
                    return page.page(
                            rows,
                            m ->
                                    updatedSince == null
                                            ? m.id().uuid().toString()
                                            : new TimeAndId(m.updatedAt(), m.id().uuid())
                                                    .toString(),
                            m -> view(caller, m, standings));
                });
    }

    List<MemberView> search(Caller caller, Search search) {
        List<Optional<MemberKey>> keys =
                List.of(
                        Optional.ofNullable(search.email())
                                .map(v -> new MemberKey(MemberKey.By.EMAIL, v)),
                        Optional.ofNullable(search.phone())
                                .map(v -> new MemberKey(MemberKey.By.PHONE, v)),
                        Optional.ofNullable(search.cardNumber())
                                .map(v -> new MemberKey(MemberKey.By.CARD_NUMBER, v)),
                        Optional.ofNullable(search.externalId())
                                .map(v -> new MemberKey(MemberKey.By.EXTERNAL_ID, v)));
        long asked =
                Stream.concat(keys.stream(), Stream.of(Optional.ofNullable(search.namePrefix())))
                        .filter(Optional::isPresent)
                        .count();
        if (asked != 1) {
            throw Problem.invalid(
                    "",
                    "one_required",
                    "Search by one of email, phone, card_number, external_id, name_prefix.");
        }
        return tenants.inTransaction(
                caller.tenant(),
                tx -> {
                    List<Member> found =
                            keys.stream()
                                    .flatMap(Optional::stream)
                                    .findFirst()
                                    .map(key -> MemberDirectory.search(tx, key))
                                    .orElseGet(() ->
                                            byName(
                                                    tx,
                                                    Objects.requireNonNull(search.namePrefix())));
                    Standings standings = standings(tx, found);
                    return found.stream().map(m -> view(caller, m, standings)).toList();
                });
    }

    List<ConsentEvent> consents(Caller caller, String idInPath) {
        return tenants.inTransaction(
                caller.tenant(),
                tx -> new ConsentDao(tx).of(MemberDirectory.requireInPath(tx, idInPath).id()));
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
                    return versioned(tx, caller, new MemberDao(tx).find(member.id()).orElseThrow());
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

    private static List<Member> byName(TenantTx tx, String prefix) {
        if (prefix.isBlank() || prefix.indexOf('\0') >= 0) {
            throw Problem.invalid(
                    "/name_prefix", "invalid_text", "Must have at least one letter of the name.");
        }
        return new MemberDao(tx).byNamePrefix(prefix.strip());
    }

    private static List<Member> changed(TenantTx tx, PageRequest page, Instant since) {
        Optional<TimeAndId> after = Positions.timeAndId(page.after());
        return new MemberDao(tx)
                .changedPage(
                        since,
                        after.map(TimeAndId::time).orElse(null),
                        after.map(TimeAndId::id).orElse(null),
                        page.fetch());
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

    /** Points and tiers of the members on a page. */
    private record Standings(Map<UUID, PointsView> points, Map<UUID, TierView> tiers) {}

    private Standings standings(TenantTx tx, List<Member> members) {
        List<UUID> ids = members.stream().map(m -> m.id().uuid()).toList();
        return new Standings(Balances.of(tx, ids), Tiers.of(tx, programs.history(tx), ids));
    }

    private Versioned versioned(TenantTx tx, Caller caller, Member member) {
        return new Versioned(
                view(caller, member, standings(tx, List.of(member))), member.version());
    }

    private MemberView view(Caller caller, Member member, Standings standings) {
        UUID id = member.id().uuid();
        return MemberView.of(
                member,
                standings.points().getOrDefault(id, PointsView.NONE),
                standings.tiers().get(id),
                caller.seesContactData(),
                caller.may(Audience.MARKETING)
                        ? links.card(caller.tenant(), member).toString()
                        : null);
    }
}
