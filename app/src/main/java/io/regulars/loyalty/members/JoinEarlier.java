package io.regulars.loyalty.members;

import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Moves the joining date of members back to a purchase that turned out to be earlier than those
 * from which they were made. Within the caller's transaction.
 */
public final class JoinEarlier {

    private JoinEarlier() {}

    /**
     * @param earliest each member's earliest purchase among those just recorded
     * @param fence only members with a later id were made by this caller; of these, those who
     *     joined by themselves in the meantime did so when they were made, and stay as they are
     */
    public static void move(TenantTx tx, Map<MemberId, Instant> earliest, UUID fence) {
        List<MemberId> candidates =
                earliest.keySet().stream()
                        .filter(id -> id.uuid().compareTo(fence) > 0)
                        .sorted((a, b) -> a.uuid().compareTo(b.uuid()))
                        .toList();
        if (candidates.isEmpty()) {
            return;
        }
        tx.update(
                        """
                        update <t>.member m set joined_at = e.at, version = m.version + 1, updated_at = :now
                          from unnest(:ids, :at) as e (id, at)
                         where m.id = e.id and m.joined_at > e.at and m.joined_at <> m.created_at
                        """)
                .bindArray("ids", UUID.class, candidates.stream().map(MemberId::uuid).toList())
                .bindArray("at", Instant.class, candidates.stream().map(earliest::get).toList())
                .bind("now", tx.now())
                .execute();
    }
}
