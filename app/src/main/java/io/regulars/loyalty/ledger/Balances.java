package io.regulars.loyalty.ledger;

import io.regulars.platform.db.Later;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
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
        return later(tx, memberIds).get();
    }

    /** The same, asked together with what else is asked; to be looked at in this transaction. */
    public static Supplier<Map<UUID, PointsView>> later(TenantTx tx, Collection<UUID> memberIds) {
        if (memberIds.isEmpty()) {
            return Map::of;
        }
        Later<List<Part>> parts =
                tx.later(
                        """
                        select member_id, debt, pending, expires_at, sum(points) as points
                          from (select a.member_id, a.debt, coalesce(l.expires_at, a.expires_at) as expires_at, coalesce(l.remaining, 0) as points,
                                       coalesce(l.available_at > :now and l.available_at > l.earned_at, false) as pending
                                  from <t>.account a
                                  left join <t>.lot l on l.member_id = a.member_id and l.remaining > 0
                                 where a.member_id = any(:ids)) lots
                         group by member_id, debt, pending, expires_at
                         order by expires_at nulls last
                        """,
                        values ->
                                values.bind("now", tx.now())
                                        .bindArray("ids", UUID.class, List.copyOf(memberIds)),
                        Part::of);
        return () -> views(parts.get());
    }

    private static Map<UUID, PointsView> views(List<Part> parts) {
        Map<UUID, Sum> sums = new HashMap<>();
        parts.forEach(part -> sums.computeIfAbsent(part.member(), id -> new Sum()).add(part));
        Map<UUID, PointsView> views = new HashMap<>();
        sums.forEach((id, sum) -> views.put(id, sum.view()));
        return views;
    }

    /** Of a member's open lots those that end at the same time, and the debt of all. */
    private record Part(
            UUID member, long debt, boolean pending, long points, @Nullable Instant expiresAt) {

        static Part of(ResultSet row) throws SQLException {
            return new Part(
                    Rows.uuid(row, "member_id"),
                    row.getLong("debt"),
                    row.getBoolean("pending"),
                    row.getLong("points"),
                    Rows.instantOrNull(row, "expires_at"));
        }
    }

    private static final class Sum {
        private long available;
        private long pending;
        private long debt;
        private final List<PointsView.Expiring> expiring = new ArrayList<>();

        void add(Part part) {
            debt = part.debt();
            if (part.pending()) {
                pending += part.points();
            } else {
                available += part.points();
            }
            Instant expiresAt = part.expiresAt();
            if (expiresAt != null && part.points() > 0) {
                // Pending ones come in a row of their own, and may end on the same day.
                boolean sameDay = !expiring.isEmpty() && expiring.getLast().at().equals(expiresAt);
                long before = sameDay ? expiring.removeLast().points() : 0;
                expiring.add(new PointsView.Expiring(before + part.points(), expiresAt));
            }
        }

        PointsView view() {
            return new PointsView(available, pending, debt, List.copyOf(expiring));
        }
    }
}
