package io.regulars.loyalty.program;

import io.regulars.platform.db.Json;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class ProgramDao {

    private static final String DRAFT = "program.draft";

    private final TenantTx tx;

    ProgramDao(TenantTx tx) {
        this.tx = tx;
    }

    record Draft(Program program, int version) {}

    record Publication(
            int version,
            Program program,
            @Nullable String reason,
            String publishedBy,
            Instant publishedAt,
            Instant effectiveAt) {}

    int latestNumber() {
        return tx.query("select coalesce(max(version), 0) from <t>.program_version")
                .mapTo(int.class)
                .one();
    }

    List<ProgramHistory.Version> versions() {
        return publications().stream()
                .map(p -> new ProgramHistory.Version(p.version(), p.program(), p.effectiveAt()))
                .toList();
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

    void insert(Publication publication) {
        tx.update(
                        """
                        insert into <t>.program_version
                               (version, document, reason, published_by, published_at, effective_at)
                        values (:version, :document::jsonb, :reason, :publishedBy, :publishedAt, :effectiveAt)
                        """)
                .bind("version", publication.version())
                .bind("document", Json.write(publication.program()))
                .bind("reason", publication.reason())
                .bind("publishedBy", publication.publishedBy())
                .bind("publishedAt", publication.publishedAt())
                .bind("effectiveAt", publication.effectiveAt())
                .execute();
    }

    Optional<Draft> draft() {
        return tx.query("select value::text, version from <t>.setting where key = :key for update")
                .bind("key", DRAFT)
                .map((row, context) ->
                        new Draft(
                                Json.read(row.getString("value"), Program.class),
                                row.getInt("version")))
                .findOne();
    }

    Draft saveDraft(Program program) {
        return tx.query(
                        """
                        insert into <t>.setting as s (key, value, version, updated_at)
                        values (:key, :value::jsonb, 1, :now)
                        on conflict (key) do update
                           set value = excluded.value, version = s.version + 1, updated_at = excluded.updated_at
                        returning version
                        """)
                .bind("key", DRAFT)
                .bind("value", Json.write(program))
                .bind("now", tx.now())
                .map((row, context) -> new Draft(program, row.getInt("version")))
                .one();
    }
}
