package io.regulars.edge.imports;

import io.regulars.platform.db.Json;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

final class ImportDao {

    private static final String SELECT =
            """
            select id, kind, state, options::text, checkpoint, imported, unchanged, failed, error, fence,
                   created_at, started_at, finished_at
              from <t>.import_job where direction = 'import'
            """;

    private final TenantTx tx;

    ImportDao(TenantTx tx) {
        this.tx = tx;
    }

    void insert(ImportId id, ImportKind kind, ImportJob.Options options, Instant storedAt) {
        tx.update(
                        """
                        insert into <t>.import_job (id, direction, kind, format, state, options, checkpoint, imported,
                               unchanged, failed, created_at, stored_at)
                        values (:id, 'import', :kind, 'regulars', 'storing', :options::jsonb, 1, 0, 0, 0, :now, :stored)
                        """)
                .bind("id", id.uuid())
                .bind("kind", kind.key())
                .bind("options", Json.write(options))
                .bind("now", tx.now())
                .bind("stored", storedAt)
                .execute();
    }

    /** Notes that the upload lives; false when it was given up in the meantime. */
    boolean stillStoring(ImportId id, Instant storedAt) {
        return tx.update(
                                """
                                update <t>.import_job set stored_at = :stored where id = :id and state = 'storing'
                                """)
                        .bind("id", id.uuid())
                        .bind("stored", storedAt)
                        .execute()
                == 1;
    }

    boolean queue(ImportId id) {
        return tx.update(
                                "update <t>.import_job set state = 'queued' where id = :id and state = 'storing'")
                        .bind("id", id.uuid())
                        .execute()
                == 1;
    }

    /** Uploads that gave no sign of life since. */
    List<ImportId> silentUploads(Instant since) {
        return tx.query(
                        """
                        select id from <t>.import_job
                         where direction = 'import' and state = 'storing' and stored_at < :since order by id
                        """)
                .bind("since", since)
                .map((row, context) -> new ImportId(Rows.uuid(row, "id")))
                .list();
    }

    Optional<ImportJob> find(ImportId id) {
        return tx.query(SELECT + " and id = :id")
                .bind("id", id.uuid())
                .map((row, context) -> job(row))
                .findOne();
    }

    /** Locked until the batch that is about to be applied is in. */
    Optional<ImportJob> lock(ImportId id) {
        return tx.query(SELECT + " and id = :id for update")
                .bind("id", id.uuid())
                .map((row, context) -> job(row))
                .findOne();
    }

    /** The one whose turn it is: a tenant's imports run in the order in which they came. */
    Optional<ImportJob> nextOpen() {
        return tx.query(SELECT + " and state in ('queued', 'running') order by id limit 1")
                .map((row, context) -> job(row))
                .findOne();
    }

    List<ImportJob> page(@Nullable UUID before, int limit) {
        return tx.query(
                        SELECT
                                + """
                                   and state <> 'storing' and id < coalesce(:before::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
                                 order by id desc limit :limit
                                """)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> job(row))
                .list();
    }

    void start(ImportId id, UUID fence) {
        tx.update(
                        """
                        update <t>.import_job set state = 'running', started_at = :now, fence = :fence
                         where id = :id and state = 'queued'
                        """)
                .bind("now", tx.now())
                .bind("fence", fence)
                .bind("id", id.uuid())
                .execute();
    }

    void advance(ImportId id, long checkpoint, ImportJob.Counts more) {
        tx.update(
                        """
                        update <t>.import_job
                           set checkpoint = :checkpoint, imported = imported + :imported,
                               unchanged = unchanged + :unchanged, failed = failed + :failed
                         where id = :id
                        """)
                .bind("checkpoint", checkpoint)
                .bind("imported", more.imported())
                .bind("unchanged", more.unchanged())
                .bind("failed", more.failed())
                .bind("id", id.uuid())
                .execute();
    }

    void finish(ImportId id, ImportJob.State state, @Nullable String error) {
        tx.update(
                        """
                        update <t>.import_job set state = :state, error = :error, finished_at = :now where id = :id
                        """)
                .bind("state", state.key())
                .bind("error", error)
                .bind("now", tx.now())
                .bind("id", id.uuid())
                .execute();
    }

    private static ImportJob job(ResultSet row) throws SQLException {
        return new ImportJob(
                new ImportId(Rows.uuid(row, "id")),
                ImportKind.parse(row.getString("kind")).orElseThrow(),
                ImportJob.State.of(row.getString("state")),
                Json.read(row.getString("options"), ImportJob.Options.class),
                row.getLong("checkpoint"),
                new ImportJob.Counts(
                        row.getLong("imported"), row.getLong("unchanged"), row.getLong("failed")),
                Rows.textOrNull(row, "error"),
                Rows.uuidOrNull(row, "fence"),
                Rows.instant(row, "created_at"),
                Rows.instantOrNull(row, "started_at"),
                Rows.instantOrNull(row, "finished_at"));
    }
}
