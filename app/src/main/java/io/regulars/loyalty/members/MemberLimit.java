package io.regulars.loyalty.members;

import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Problem;
import io.regulars.platform.ids.TenantId;
import java.util.Optional;
import java.util.function.Function;

/**
 * How many members a shop's plan has room for, counted where members are made. The test side is
 * free.
 *
 * @param of the limit and how to refuse; empty for none
 */
public record MemberLimit(Function<TenantId, Optional<Room>> of) {

    /** A limit, and the refusal that goes with it. */
    public record Room(long most, Problem refusal) {}

    /** Nobody has a limit. */
    public static final MemberLimit NONE = new MemberLimit(tenant -> Optional.empty());

    /** How many more there may be; as good as endless where there is no limit. */
    long left(TenantTx tx) {
        if (tx.tenant().isTest()) {
            return Long.MAX_VALUE;
        }
        return of.apply(tx.tenant().id())
                .map(room -> Math.max(0, room.most() - count(tx, room.most())))
                .orElse(Long.MAX_VALUE);
    }

    /** To be called when they have been written. */
    void check(TenantTx tx) {
        if (tx.tenant().isTest()) {
            return;
        }
        of.apply(tx.tenant().id())
                .ifPresent(room -> {
                    if (count(tx, room.most() + 1) > room.most()) {
                        throw room.refusal();
                    }
                });
    }

    /** People who are enrolled; those who were erased or merged into another do not count. */
    public static long count(TenantTx tx, long atMost) {
        return tx.query(
                        """
                        select count(*) from (select from <t>.member
                                               where erased_at is null and merged_into is null
                                               limit :most) as enough
                        """)
                .bind("most", atMost)
                .mapTo(long.class)
                .one();
    }
}
