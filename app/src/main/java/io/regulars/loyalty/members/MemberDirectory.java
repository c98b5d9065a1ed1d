package io.regulars.loyalty.members;

import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds members for other rooms, within their transaction. */
public final class MemberDirectory {

    static final String EXTERNAL = "ext:";
    static final String NOBODY = "No member has this id, number or address.";

    private MemberDirectory() {}

    /** The member with this id, or the one it was merged into. */
    public static Optional<Member> find(TenantTx tx, MemberId id) {
        return new MemberDao(tx).living(id);
    }

    /**
     * Whose card this is, by a link to it: the member, or the one it was merged into.
     *
     * @param epoch as the link has it; one of an older card opens nothing
     */
    public static Optional<Member> byCard(TenantTx tx, MemberId id, int epoch) {
        MemberDao dao = new MemberDao(tx);
        return dao.named(id)
                .filter(found -> found.member().cardEpoch() == epoch)
                .flatMap(found -> dao.living(id));
    }

    /** Whose referral code this is. */
    public static Optional<Member> byReferralCode(TenantTx tx, String code) {
        return new MemberDao(tx).byReferralCode(code);
    }

    /** Those of these members that there are. */
    public static List<Member> all(TenantTx tx, Collection<MemberId> ids) {
        return ids.isEmpty() ? List.of() : new MemberDao(tx).all(ids);
    }

    /**
     * All that fit: for a phone there may be several. What a member gave away with a merge, a card
     * in a purse above all, leads to the member it was merged into.
     */
    public static List<Member> search(TenantTx tx, MemberKey key) {
        return new MemberDao(tx).living(named(tx, key));
    }

    /** All rows that fit, also those that are part of another member. */
    static List<MemberDao.Named> named(TenantTx tx, MemberKey key) {
        MemberDao dao = new MemberDao(tx);
        String value = key.value();
        if (value.indexOf('\0') >= 0) {
            return List.of();
        }
        return switch (key.by()) {
            case ID -> MemberId.parse(value).flatMap(dao::named).stream().toList();
            case EXTERNAL_ID -> dao.namedExternally(value);
            case EMAIL -> Contact.email(value).map(dao::namedByEmail).orElse(List.of());
            case PHONE ->
                    Contact.phone(value, tx.tenant().country())
                            .map(dao::namedByPhone)
                            .orElse(List.of());
            case CARD_NUMBER -> dao.namedByCard(value.replaceAll("[\\s-]", ""));
        };
    }

    /**
     * @throws Problem 422 {@code member_not_found}, or {@code member_ambiguous} when a phone fits
     *     two
     */
    public static Member require(TenantTx tx, MemberKey key, String pointer) {
        List<Member> found = search(tx, key);
        if (found.isEmpty()) {
            throw Problem.of(ProblemType.MEMBER_NOT_FOUND, NOBODY).at(pointer, "member_not_found");
        }
        if (found.size() > 1) {
            throw Problem.of(
                            ProblemType.MEMBER_AMBIGUOUS,
                            found.size() + " members fit; name one by id, e-mail or card number.")
                    .at(pointer, "member_ambiguous");
        }
        return found.getFirst();
    }

    /**
     * Whose rows a list is asked for with {@code ?member=}. An id that nobody has finds none of
     * them.
     *
     * @return null where all are asked for
     * @throws Problem 422 for what is no id, and for an external id that nobody has
     */
    public static @Nullable UUID inQuery(TenantTx tx, @Nullable String text) {
        if (text == null) {
            return null;
        }
        if (text.startsWith(EXTERNAL)) {
            return require(tx, MemberKey.ofPath(text), "?member").id().uuid();
        }
        return MemberId.parse(text)
                .map(MemberId::uuid)
                .orElseThrow(() ->
                        Problem.invalid(
                                "?member",
                                "invalid_id",
                                "Must be an id like mem_…, or ext:<external id>."));
    }

    /**
     * A member named in a path: by id, or as {@code ext:<external id>}.
     *
     * @throws Problem 404, which names the survivor where the member was merged into another
     */
    public static Member requireInPath(TenantTx tx, String idInPath) {
        return requireInPath(new MemberDao(tx), idInPath);
    }

    static Member requireInPath(MemberDao dao, String idInPath) {
        MemberDao.Named found =
                namedInPath(dao, idInPath).orElseThrow(() -> Problem.notFound("member"));
        MemberId into = found.mergedInto();
        if (into != null) {
            throw merged(dao, into);
        }
        return found.member();
    }

    static Optional<MemberDao.Named> namedInPath(MemberDao dao, String idInPath) {
        return idInPath.startsWith(EXTERNAL)
                ? dao.namedExternally(idInPath.substring(EXTERNAL.length())).stream().findFirst()
                : MemberId.parse(idInPath).flatMap(dao::named);
    }

    static Problem merged(MemberDao dao, MemberId into) {
        Problem problem =
                Problem.of(
                        ProblemType.MEMBER_MERGED,
                        "This member was merged into another, who has all they had.");
        return dao.living(into)
                .map(survivor -> problem.with("member", survivor.id().toString()))
                .orElse(problem);
    }

    /** External ids to members, for as many as are known. */
    public static Map<String, MemberId> idsByExternalId(
            TenantTx tx, Collection<String> externalIds) {
        return new MemberDao(tx).idsByExternalId(externalIds);
    }
}
