package io.regulars.loyalty.purchases;

import com.fasterxml.jackson.core.type.TypeReference;
import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

final class ActivityDao {

    private static final TypeReference<Map<String, Object>> ATTRIBUTES = new TypeReference<>() {};

    private final TenantTx tx;

    ActivityDao(TenantTx tx) {
        this.tx = tx;
    }

    /** An activity as recorded. */
    record Row(
            ActivityId id,
            String type,
            String key,
            MemberId member,
            Map<String, Object> attributes,
            String contentHash,
            Instant occurredAt) {}

    /** Whether it was not there yet; waits for who is just recording the same. */
    boolean insertNew(Row row) {
        return tx.update(
                                """
                                insert into <t>.activity (id, type, key, member_id, attributes, content_hash, occurred_at,
                                       recorded_at)
                                values (:id, :type, :key, :member, :attributes::jsonb, :hash, :occurredAt, :now)
                                on conflict (type, key) do nothing
                                """)
                        .bind("id", row.id().uuid())
                        .bind("type", row.type())
                        .bind("key", row.key())
                        .bind("member", row.member().uuid())
                        .bind("attributes", Json.write(row.attributes()))
                        .bind("hash", row.contentHash())
                        .bind("occurredAt", row.occurredAt())
                        .bind("now", tx.now())
                        .execute()
                == 1;
    }

    /** The one that is known by this type and key. */
    Known known(String type, String key) {
        return tx.query(
                        """
                        select id, member_id, content_hash, occurred_at from <t>.activity
                         where type = :type and key = :key
                        """)
                .bind("type", type)
                .bind("key", key)
                .map((row, context) ->
                        new Known(
                                new ActivityId(Rows.uuid(row, "id")),
                                new MemberId(Rows.uuid(row, "member_id")),
                                row.getString("content_hash"),
                                Rows.instant(row, "occurred_at")))
                .one();
    }

    /** The attributes of the one that is known by this type and key, if there is one. */
    Optional<Map<String, Object>> attributes(String type, String key) {
        return tx.query(
                        "select attributes::text from <t>.activity where type = :type and key = :key")
                .bind("type", type)
                .bind("key", key)
                .mapTo(String.class)
                .findOne()
                .map(json -> Json.read(json, ATTRIBUTES));
    }

    void change(String type, String key, Map<String, Object> attributes) {
        tx.update(
                        "update <t>.activity set attributes = :attributes::jsonb where type = :type and key = :key")
                .bind("type", type)
                .bind("key", key)
                .bind("attributes", Json.write(attributes))
                .execute();
    }

    record Known(ActivityId id, MemberId member, String contentHash, Instant occurredAt) {}
}
