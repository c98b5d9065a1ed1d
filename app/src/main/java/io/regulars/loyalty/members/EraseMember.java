package io.regulars.loyalty.members;

import io.regulars.events.Event;
import io.regulars.events.Outbox;
import io.regulars.loyalty.ledger.MergeAccounts;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Problem;
import java.util.List;
import java.util.Optional;

/**
 * Forgets a person, within the caller's transaction: name, contact, birth date, attributes, what
 * was written to them. What counts for the shop's books stays under an id that tells nobody.
 */
final class EraseMember {

    private final List<Belongings> belongings;

    EraseMember(List<Belongings> belongings) {
        this.belongings = belongings;
    }

    /**
     * Once done, doing it again changes nothing.
     *
     * @return the member, where it was not done before
     * @throws Problem 404 where there never was such a member, or it is part of another
     */
    Optional<MemberId> erase(TenantTx tx, String idInPath) {
        MemberDao members = new MemberDao(tx);
        if (MemberId.parse(idInPath).filter(members::isErased).isPresent()) {
            return Optional.empty();
        }
        MemberId id = MemberDirectory.requireInPath(members, idInPath).id();
        MergeDao dao = new MergeDao(tx);
        List<MemberId> all = dao.withParts(id);
        // Who is about to give the member points or to merge it waits, or is waited for.
        MergeAccounts.lock(tx, all.stream().map(MemberId::uuid).toList());
        dao.lock(all.toArray(MemberId[]::new));
        MemberDirectory.requireInPath(members, id.toString());
        dao.erase(all);
        new ConsentDao(tx).eraseWording(all.stream().map(MemberId::uuid).toList());
        belongings.forEach(kind -> kind.forget(tx, all));
        Outbox.append(tx, new Event.MemberErased(id.uuid()));
        return Optional.of(id);
    }
}
