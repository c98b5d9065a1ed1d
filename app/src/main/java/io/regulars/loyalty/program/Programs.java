package io.regulars.loyalty.program;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.regulars.platform.db.Later;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.util.List;

/**
 * The published versions, as every purchase needs them. What a version says never changes, so what
 * was read once holds for ever; only how many there are and when they take effect is asked each
 * time.
 */
public final class Programs {

    private static final String LATEST = "program version";

    private final Cache<Key, ProgramHistory> histories =
            Caffeine.newBuilder().maximumSize(5_000).build();

    private static Later<List<Latest>> latest(TenantTx tx) {
        return tx.once(
                LATEST,
                () ->
                        tx.later(
                                """
                                select coalesce(max(version), 0) as version,
                                       coalesce(sum(extract(epoch from effective_at)), 0)::text as moments
                                  from <t>.program_version
                                """,
                                values -> {},
                                row ->
                                        new Latest(
                                                row.getInt("version"), row.getString("moments"))));
    }

    /**
     * Tells one state of the versions from another.
     *
     * @param moments the sum of those at which they take effect: a test clock that is set back
     *     takes them along
     */
    private record Latest(int version, String moments) {}

    private record Key(String schema, Latest latest) {}

    /** Asks which version is the latest together with what else is asked. */
    public void prefetch(TenantTx tx) {
        latest(tx);
    }

    /** The transaction has published a version. */
    public static void published(TenantTx tx) {
        tx.forget(LATEST);
    }

    /**
     * What is in force was so from this moment on: a test side begins anew there, before anybody
     * has lived under a program.
     */
    public static void inForceSince(TenantTx tx, Instant start) {
        new ProgramDao(tx).inForceSince(start);
        tx.forget(LATEST);
    }

    public ProgramHistory history(TenantTx tx) {
        ProgramDao dao = new ProgramDao(tx);
        Key key = new Key(tx.tenant().schema(), latest(tx).get().getFirst());
        ProgramHistory cached = histories.getIfPresent(key);
        if (cached != null) {
            return cached;
        }
        ProgramHistory read =
                new ProgramHistory(
                        dao.publications().stream()
                                .map(p ->
                                        new ProgramHistory.Version(
                                                p.version(), p.program(), p.effectiveAt()))
                                .toList());
        // Not while the transaction may still roll back a version that it has just added.
        tx.afterCommit(() -> histories.put(key, read));
        return read;
    }

    /** All published versions with their reasons, oldest first; read afresh. */
    public static List<Publication> publications(TenantTx tx) {
        return new ProgramDao(tx).publications();
    }

    /** The number of the version published last; 0 before the first. */
    public static int latestNumber(TenantTx tx) {
        return new ProgramDao(tx).latestNumber();
    }

    public ProgramHistory.Version inForce(TenantTx tx) {
        return inForceAt(tx, tx.now());
    }

    public ProgramHistory.Version inForceAt(TenantTx tx, Instant moment) {
        return history(tx).inForceAt(moment);
    }
}
