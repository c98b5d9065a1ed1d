package io.regulars.edge.exports;

import io.regulars.platform.db.Json;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

final class ExportDao {

    private static final String SELECT =
            """
            select id, kind, state, options::text, checkpoint, imported, fence, created_at, finished_at
              from <t>.import_job where direction = 'export'
            """;

    private final TenantTx tx;

    ExportDao(TenantTx tx) {
        this.tx = tx;
    }

    void insert(ExportId id, String kind, ExportJob.Options options) {
        tx.update(
                        """
                        insert into <t>.import_job (id, direction, kind, format, state, options, checkpoint, imported,
                               unchanged, failed, created_at, stored_at)
                        values (:id, 'export', :kind, 'csv', 'queued', :options::jsonb, 0, 0, 0, 0, :now, :now)
                        """)
                .bind("id", id.uuid())
                .bind("kind", kind)
                .bind("options", Json.write(options))
                .bind("now", tx.now())
                .execute();
    }

    Optional<ExportJob> find(ExportId id) {
        return tx.query(SELECT + " and id = :id")
                .bind("id", id.uuid())
                .map((row, context) -> job(row))
                .findOne();
    }

    /** When the one was asked for whose turn it is. */
    Optional<Instant> nextOpen() {
        return tx.query(SELECT + " and state in ('queued', 'running') order by id limit 1")
                .map((row, context) -> Rows.instant(row, "created_at"))
                .findOne();
    }

    /** The one whose turn it is, locked until its next piece is in. */
    Optional<ExportJob> lockOpen() {
        return tx.query(
                        SELECT
                                + " and state in ('queued', 'running') order by id limit 1 for update")
                .map((row, context) -> job(row))
                .findOne();
    }

    void advance(ExportJob job, ExportJob.State state, long rows, @Nullable UUID last) {
        tx.update(
                        """
                        update <t>.import_job
                           set state = :state, checkpoint = checkpoint + 1, imported = imported + :rows,
                               fence = coalesce(:last::uuid, fence), started_at = coalesce(started_at, :now),
                               finished_at = case when :done then :now::timestamptz end
                         where id = :id
                        """)
                .bind("state", state.key())
                .bind("rows", rows)
                .bind("last", last)
                .bind("done", state == ExportJob.State.COMPLETED)
                .bind("now", tx.now())
                .bind("id", job.id().uuid())
                .execute();
    }

    void insertChunk(ExportId id, int seq, byte[] data) {
        tx.update(
                        """
                        insert into <t>.import_chunk (import_id, seq, lines_before, data) values (:id, :seq, 0, :data)
                        """)
                .bind("id", id.uuid())
                .bind("seq", seq)
                .bind("data", data)
                .execute();
    }

    Optional<byte[]> chunk(ExportId id, int seq) {
        return tx.query("select data from <t>.import_chunk where import_id = :id and seq = :seq")
                .bind("id", id.uuid())
                .bind("seq", seq)
                .mapTo(byte[].class)
                .findOne();
    }

    /** Drops the files that were finished before; answers how many. */
    int expire(Instant finishedBefore) {
        tx.update(
                        """
                        delete from <t>.import_chunk
                         where import_id in (select id from <t>.import_job
                                              where direction = 'export' and state = 'completed' and finished_at < :cut)
                        """)
                .bind("cut", finishedBefore)
                .execute();
        return tx.update(
                        """
                        update <t>.import_job set state = 'expired'
                         where direction = 'export' and state = 'completed' and finished_at < :cut
                        """)
                .bind("cut", finishedBefore)
                .execute();
    }

    /**
     * Drops the files that tell of people. First those that are open, which makes whoever writes
     * one come to the end of its piece: what it has finished meanwhile goes with the others.
     */
    void dropPersonal() {
        tx.update(
                        """
                        update <t>.import_job set state = 'queued', checkpoint = 0, imported = 0, fence = null
                         where direction = 'export' and kind <> 'vouchers' and state in ('queued', 'running')
                        """)
                .execute();
        tx.update(
                        """
                        update <t>.import_job set state = 'expired'
                         where direction = 'export' and kind <> 'vouchers' and state = 'completed'
                        """)
                .execute();
        tx.update(
                        """
                        delete from <t>.import_chunk
                         where import_id in (select id from <t>.import_job
                                              where direction = 'export' and kind <> 'vouchers')
                        """)
                .execute();
    }

    private static ExportJob job(ResultSet row) throws SQLException {
        return new ExportJob(
                new ExportId(Rows.uuid(row, "id")),
                row.getString("kind"),
                ExportJob.State.of(row.getString("state")),
                Json.read(row.getString("options"), ExportJob.Options.class),
                row.getInt("checkpoint"),
                row.getLong("imported"),
                Rows.uuidOrNull(row, "fence"),
                Rows.instant(row, "created_at"),
                Rows.instantOrNull(row, "finished_at"));
    }
}
