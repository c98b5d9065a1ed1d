package io.regulars.loyalty.members;

import io.regulars.platform.db.TenantTx;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One kind of thing that a member has, in the room that keeps it: it follows the member into a
 * merge and out again, forgets the person with an erasure, and is told with an export. Works in the
 * caller's transaction, in which the members' accounts are locked.
 */
public interface Belongings {

    /**
     * What they are called in an export and in the record of a merge, such as {@code purchases}.
     */
    String name();

    /**
     * Gives those of {@code from} to {@code to}; what the other cannot have besides what it has
     * stays.
     *
     * @return the ids of those that moved
     */
    List<UUID> move(TenantTx tx, MemberId from, MemberId to);

    /**
     * Takes them from the survivor again.
     *
     * @param ids what moved with the merge
     */
    void moveBack(TenantTx tx, MemberId from, MemberId to, List<UUID> ids);

    /** Forgets what tells who these members were, and keeps what counts. */
    void forget(TenantTx tx, List<MemberId> members);

    /**
     * Whether these are copies of what is kept elsewhere: forgotten with the member, and not told
     * with an export.
     */
    default boolean isCopy() {
        return false;
    }

    /** Hears that a member who wanted advertising by e-mail wants no more of it. */
    default void advertisingRefused(TenantTx tx, Member member) {}

    /** All of a member's, newest first, as the member may see it. */
    List<Map<String, Object>> export(TenantTx tx, MemberId member);
}
