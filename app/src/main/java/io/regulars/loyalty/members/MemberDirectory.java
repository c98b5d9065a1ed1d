package io.regulars.loyalty.members;

import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds members for other rooms, within their transaction. */
public final class MemberDirectory {

    private MemberDirectory() {}

    public static Optional<Member> find(TenantTx tx, MemberId id) {
        return new MemberDao(tx).find(id);
    }

    /** Whose referral code this is. */
    public static Optional<Member> byReferralCode(TenantTx tx, String code) {
        return new MemberDao(tx).byReferralCode(code);
    }

    /** Those of these members that there are. */
    public static List<Member> all(TenantTx tx, Collection<MemberId> ids) {
        return ids.isEmpty() ? List.of() : new MemberDao(tx).all(ids);
    }

    /** All that fit: for a phone there may be several. */
    public static List<Member> search(TenantTx tx, MemberKey key) {
        MemberDao dao = new MemberDao(tx);
        String value = key.value();
        return switch (key.by()) {
            case ID -> MemberId.parse(value).flatMap(dao::find).stream().toList();
            case EXTERNAL_ID -> dao.byExternalId(value);
            case EMAIL -> Contact.email(value).map(dao::byEmail).orElse(List.of());
            case PHONE ->
                    Contact.phone(value, tx.tenant().country()).map(dao::byPhone).orElse(List.of());
            case CARD_NUMBER -> dao.byCard(value.replaceAll("[\\s-]", ""));
        };
    }

    /**
     * @throws Problem 422 {@code member_not_found}, or {@code member_ambiguous} when a phone fits
     *     two
     */
    public static Member require(TenantTx tx, MemberKey key, String pointer) {
        List<Member> found = search(tx, key);
        if (found.isEmpty()) {
            throw Problem.of(ProblemType.MEMBER_NOT_FOUND, "No member fits.")
                    .at(pointer, "member_not_found");
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
     * @throws Problem 404; a member named in a path: by id, or as {@code ext:<external id>}
     */
    public static Member requireInPath(TenantTx tx, String idInPath) {
        return requireInPath(new MemberDao(tx), idInPath);
    }

    static Member requireInPath(MemberDao dao, String idInPath) {
        Optional<Member> found =
                idInPath.startsWith("ext:")
                        ? dao.byExternalId(idInPath.substring("ext:".length())).stream().findFirst()
                        : MemberId.parse(idInPath).flatMap(dao::find);
        return found.orElseThrow(() -> Problem.notFound("member"));
    }

    /** External ids to members, for as many as are known. */
    public static Map<String, MemberId> idsByExternalId(
            TenantTx tx, Collection<String> externalIds) {
        return new MemberDao(tx).idsByExternalId(externalIds);
    }
}
