package io.regulars.loyalty.members;

import io.regulars.loyalty.members.MemberRequests.Search;
import io.regulars.loyalty.members.MemberViews.Versioned;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Page;
import io.regulars.platform.http.PageRequest;
import io.regulars.platform.http.Positions;
import io.regulars.platform.http.Positions.TimeAndId;
import io.regulars.platform.http.Problem;
import io.regulars.tenancy.access.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@code /v1/members} tells and does not change; each use case opens one transaction. */
public final class ShowMembers {

    private final TenantDb tenants;
    private final MemberViews views;
    private final ExportMember export;

    public ShowMembers(TenantDb tenants, MemberViews views, List<Belongings> belongings) {
        this.tenants = tenants;
        this.views = views;
        this.export = new ExportMember(belongings);
    }

    Versioned get(Caller caller, String idInPath) {
        return tenants.inTransaction(
                caller.tenant(),
                tx -> {
                    views.prefetch(tx);
                    return views.versioned(
                            tx, caller, MemberDirectory.requireInPath(new MemberDao(tx), idInPath));
                });
    }

    Page<MemberView> list(Caller caller, PageRequest page, @Nullable Instant updatedSince) {
        return tenants.inTransaction(
                caller.tenant(),
                tx -> {
                    views.prefetch(tx);
                    List<Member> rows =
                            updatedSince == null
                                    ? new MemberDao(tx)
                                            .page(Positions.id(page.after()), page.fetch())
                                    : changed(tx, page, updatedSince);
                    return page.page(
                            rows,
                            m ->
                                    updatedSince == null
                                            ? m.id().uuid().toString()
                                            : new TimeAndId(m.updatedAt(), m.id().uuid())
                                                    .toString(),
                            views.of(tx, caller, rows));
                });
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

    List<MemberView> search(Caller caller, Search search) {
        List<MemberKey> keys = keys(search);
        if (keys.size() + (search.namePrefix() == null ? 0 : 1) != 1) {
            throw Problem.invalid(
                    "",
                    "one_required",
                    "Search by one of email, phone, card_number, external_id, name_prefix.");
        }
        return tenants.inTransaction(
                caller.tenant(),
                tx -> {
                    views.prefetch(tx);
                    List<Member> found =
                            keys.isEmpty()
                                    ? byName(tx, Objects.requireNonNull(search.namePrefix()))
                                    : MemberDirectory.search(tx, keys.getFirst());
                    return found.stream().map(views.of(tx, caller, found)).toList();
                });
    }

    private static List<MemberKey> keys(Search search) {
        return Stream.of(
                        key(MemberKey.By.EMAIL, search.email()),
                        key(MemberKey.By.PHONE, search.phone()),
                        key(MemberKey.By.CARD_NUMBER, search.cardNumber()),
                        key(MemberKey.By.EXTERNAL_ID, search.externalId()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<MemberKey> key(MemberKey.By by, @Nullable String value) {
        return Optional.ofNullable(value).map(it -> new MemberKey(by, it));
    }

    private static List<Member> byName(TenantTx tx, String typed) {
        Optional<String> key = typed.indexOf('\0') < 0 ? NameKey.of(typed) : Optional.empty();
        if (key.isEmpty()) {
            throw Problem.invalid(
                    "/name_prefix", "invalid_text", "Must have at least one letter of the name.");
        }
        return new MemberDao(tx).byName(key.get(), typed.strip());
    }

    /**
     * Two members who may be one person.
     *
     * @param reasons of phone, email, name_and_birth_date
     * @param members the newer one first
     */
    record DuplicateView(List<String> reasons, List<MemberView> members) {}

    Page<DuplicateView> duplicates(Caller caller, PageRequest page) {
        return tenants.inTransaction(
                caller.tenant(),
                tx -> {
                    Page<FindDuplicates.Alike> found = FindDuplicates.page(tx, page);
                    Function<Member, MemberView> shown =
                            views.of(
                                    tx,
                                    caller,
                                    found.data().stream()
                                            .flatMap(pair -> pair.members().stream())
                                            .distinct()
                                            .toList());
                    return new Page<>(
                            found.data().stream()
                                    .map(pair ->
                                            new DuplicateView(
                                                    pair.reasons(),
                                                    pair.members().stream().map(shown).toList()))
                                    .toList(),
                            found.nextCursor());
                });
    }

    ExportMember.MemberExport export(Caller caller, String idInPath) {
        return tenants.inTransaction(
                caller.tenant(),
                tx -> {
                    Member member = MemberDirectory.requireInPath(tx, idInPath);
                    return export.export(tx, member, views.versioned(tx, caller, member).view());
                });
    }

    List<ConsentEvent> consents(Caller caller, String idInPath) {
        return tenants.inTransaction(
                caller.tenant(),
                tx -> new ConsentDao(tx).of(MemberDirectory.requireInPath(tx, idInPath).id()));
    }
}
