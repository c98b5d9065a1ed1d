package io.regulars.engagement.segments;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

final class SegmentDao {

    private static final String COLUMNS = "id, name, filter::text, version, created_at, updated_at";

    private final TenantTx tx;

    SegmentDao(TenantTx tx) {
        this.tx = tx;
    }

    void insert(Segment segment) {
        tx.update(
                        """
                        insert into <t>.segment (id, name, filter, version, created_at, updated_at)
                        values (:id, :name, :filter::jsonb, 1, :now, :now)
                        """)
                .bind("id", segment.id().uuid())
                .bind("name", segment.name())
                .bind("filter", Json.write(segment.filter()))
                .bind("now", tx.now())
                .execute();
    }

    void update(SegmentId id, String name, JsonNode filter) {
        tx.update(
                        """
                        update <t>.segment set name = :name, filter = :filter::jsonb,
                               version = version + 1, updated_at = :now
                         where id = :id
                        """)
                .bind("id", id.uuid())
                .bind("name", name)
                .bind("filter", Json.write(filter))
                .bind("now", tx.now())
                .execute();
    }

    void delete(SegmentId id) {
        tx.update("delete from <t>.segment where id = :id").bind("id", id.uuid()).execute();
    }

    Optional<Segment> find(SegmentId id) {
        return tx.query("select " + COLUMNS + " from <t>.segment where id = :id")
                .bind("id", id.uuid())
                .map((row, context) -> segment(row))
                .findOne();
    }

    Optional<Segment> findLocked(SegmentId id) {
        return tx.query("select " + COLUMNS + " from <t>.segment where id = :id for update")
                .bind("id", id.uuid())
                .map((row, context) -> segment(row))
                .findOne();
    }

    List<Segment> page(@Nullable UUID before, int limit) {
        return tx.query(
                        "select "
                                + COLUMNS
                                + " from <t>.segment where id < coalesce(:before::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')"
                                + " order by id desc limit :limit")
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> segment(row))
                .list();
    }

    int count() {
        return tx.query("select count(*) from <t>.segment").mapTo(Integer.class).one();
    }

    /** The names of the campaigns that go, or may go, to this segment. */
    List<String> campaigns(SegmentId id) {
        return tx.query(
                        """
                        select name from <t>.campaign
                         where definition->'audience'->>'segment' = :segment and state not in ('completed', 'cancelled')
                         order by id limit 5
                        """)
                .bind("segment", id.toString())
                .mapTo(String.class)
                .list();
    }

    /** Those of these members who fit. */
    Set<UUID> among(Predicate predicate, Collection<UUID> members) {
        return predicate
                .bind(
                        tx.query(
                                "select m.id from <t>.member m where m.id = any(:among) and "
                                        + predicate.sql()))
                .bindArray("among", UUID.class, List.copyOf(members))
                .mapTo(UUID.class)
                .collect(Collectors.toUnmodifiableSet());
    }

    long count(Predicate predicate) {
        return predicate
                .bind(
                        tx.query(
                                "select count(*) from <t>.member m"
                                        + " where m.erased_at is null and m.merged_into is null and "
                                        + predicate.sql()))
                .mapTo(Long.class)
                .one();
    }

    /** Those who joined last of those who fit. */
    List<MemberId> newest(Predicate predicate, int limit) {
        return predicate
                .bind(
                        tx.query(
                                "select m.id from <t>.member m"
                                        + " where m.erased_at is null and m.merged_into is null and "
                                        + predicate.sql()
                                        + " order by m.id desc limit :limit"))
                .bind("limit", limit)
                .map((row, context) -> new MemberId(Rows.uuid(row, "id")))
                .list();
    }

    private static Segment segment(ResultSet row) throws SQLException {
        return new Segment(
                new SegmentId(Rows.uuid(row, "id")),
                row.getString("name"),
                Json.read(row.getString("filter"), JsonNode.class),
                row.getInt("version"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"));
    }
}
