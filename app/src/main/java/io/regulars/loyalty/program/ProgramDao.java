package io.regulars.loyalty.program;

import io.regulars.platform.db.Json;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.util.List;

final class ProgramDao {

    private final TenantTx tx;

    ProgramDao(TenantTx tx) {
        this.tx = tx;
    }

    int latestNumber() {
        return tx.query("select coalesce(max(version), 0) from <t>.program_version")
                .mapTo(int.class)
                .one();
    }

    /** Has what is in force take effect by then; what is announced for later stays announced. */
    void inForceSince(Instant start) {
        tx.update(
                        """
                        update <t>.program_version
                           set effective_at = :start, published_at = least(published_at, :start)
                         where effective_at > :start
                           and effective_at <= greatest(:now, (select effective_at from <t>.program_version
                                                                order by version limit 1))
                        """)
                .bind("start", start)
                .bind("now", tx.now())
                .execute();
    }

    List<Publication> publications() {
        return tx.query(
                        """
                        select version, document::text, reason, published_by, published_at, effective_at
                          from <t>.program_version order by version
                        """)
                .map((row, context) ->
                        new Publication(
                                row.getInt("version"),
                                Json.read(row.getString("document"), Program.class),
                                Rows.textOrNull(row, "reason"),
                                row.getString("published_by"),
                                Rows.instant(row, "published_at"),
                                Rows.instant(row, "effective_at")))
                .list();
    }
}
