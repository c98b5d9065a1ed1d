package io.regulars.loyalty.ledger;

import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Members' points as of now. A pending lot counts from its moment, whether or not a job has run: so
 * this is computed from the open lots and never stored.
 */
public final class Balances {

    private Balances() {}

    public static PointsView of(TenantTx tx, UUID memberId) {
        return of(tx, List.of(memberId)).getOrDefault(memberId, PointsView.NONE);
    }

    public static Map<UUID, PointsView> of(TenantTx tx, Collection<UUID> memberIds) {
        if (memberIds.isEmpty()) {
            return Map.of();
        }
        Map<UUID, Sum> sums = new HashMap<>();
        tx.query(
                        """
                        select member_id, debt, pending, expires_at, sum(points) as points
                          from (select a.member_id, a.debt, coalesce(l.expires_at, a.expires_at) as expires_at, coalesce(l.remaining, 0) as points,
                                       coalesce(l.available_at > :now and l.available_at > l.earned_at, false) as pending
                                  from <t>.account a
                                  left join <t>.lot l on l.member_id = a.member_id and l.remaining > 0
                                 where a.member_id = any(:ids)) lots
                         group by member_id, debt, pending, expires_at
                         order by expires_at nulls last
                        """)
                .bind("now", tx.now())
                .bindArray("ids", UUID.class, List.copyOf(memberIds))
                .map((row, context) -> {
                    sums.computeIfAbsent(Rows.uuid(row, "member_id"), id -> new Sum())
                            .add(
                                    row.getLong("debt"),
                                    row.getBoolean("pending"),
                                    row.getLong("points"),
                                    Rows.instantOrNull(row, "expires_at"));
                    return true;
                })
                .list();
        Map<UUID, PointsView> views = new HashMap<>();
        sums.forEach((id, sum) -> views.put(id, sum.view()));
        return views;
    }

    private static final class Sum {
        private long available;
        private long pending;
        private long debt;
        private final List<PointsView.Expiring> expiring = new ArrayList<>();

        void add(long debtNow, boolean isPending, long points, @Nullable Instant expiresAt) {
            debt = debtNow;
            if (isPending) {
                pending += points;
            } else {
                available += points;
            }
            if (expiresAt != null && points > 0) {
                // Pending ones come in a row of their own, and may end on the same day.
                boolean sameDay = !expiring.isEmpty() && expiring.getLast().at().equals(expiresAt);
                long before = sameDay ? expiring.removeLast().points() : 0;
                expiring.add(new PointsView.Expiring(before + points, expiresAt));
            }
        }

        PointsView view() {
            return new PointsView(available, pending, debt, List.copyOf(expiring));
        }
    }
}
