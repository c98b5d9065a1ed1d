package io.regulars.edge.imports;

import io.regulars.platform.db.TenantTx;
import java.util.Optional;

final class ChunkDao {

    private final TenantTx tx;

    ChunkDao(TenantTx tx) {
        this.tx = tx;
    }

    /** A piece of the file, and how many line ends lie before it. */
    record Place(int seq, long linesBefore) {}

    void insert(ImportId id, Place place, byte[] data) {
        tx.update(
                        """
                        insert into <t>.import_chunk (import_id, seq, lines_before, data)
                        values (:id, :seq, :lines, :data)
                        """)
                .bind("id", id.uuid())
                .bind("seq", place.seq())
                .bind("lines", place.linesBefore())
                .bind("data", data)
                .execute();
    }

    Optional<byte[]> data(ImportId id, int seq) {
        return tx.query("select data from <t>.import_chunk where import_id = :id and seq = :seq")
                .bind("id", id.uuid())
                .bind("seq", seq)
                .mapTo(byte[].class)
                .findOne();
    }

    /** The last piece with at most this many line ends before it. */
    Optional<Place> holding(ImportId id, long linesBefore) {
        return tx.query(
                        """
                        select seq, lines_before from <t>.import_chunk
                         where import_id = :id and lines_before <= :lines order by seq desc limit 1
                        """)
                .bind("id", id.uuid())
                .bind("lines", linesBefore)
                .map((row, context) -> new Place(row.getInt("seq"), row.getLong("lines_before")))
                .findOne();
    }

    void deleteAll(ImportId id) {
        tx.update("delete from <t>.import_chunk where import_id = :id")
                .bind("id", id.uuid())
                .execute();
    }
}
