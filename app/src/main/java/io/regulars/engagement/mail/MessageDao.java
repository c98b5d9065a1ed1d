package io.regulars.engagement.mail;

import com.fasterxml.jackson.core.type.TypeReference;
import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Positions.TimeAndId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of {@code message}, one or a page of them. */
final class MessageDao {

    private static final TypeReference<Map<String, Object>> MODEL = new TypeReference<>() {};

    static final String COLUMNS =
            """
            id, kind, class, member_id, occurrence, campaign_id, state, reason, recipient, subject, locale,
            model::text, voucher_id, points, points_end, urgency, due_at, not_after, attempts, planned_at, sent_at,
            bounce, bounced_at, clicked_at, updated_at
            """;

    private final TenantTx tx;

    MessageDao(TenantTx tx) {
        this.tx = tx;
    }

    Optional<MessageRow> find(MessageId id) {
        return tx.query("select " + COLUMNS + " from <t>.message where id = :id")
                .bind("id", id.uuid())
                .map((row, context) -> message(row))
                .findOne();
    }

    Optional<MessageRow> findLocked(MessageId id) {
        return tx.query("select " + COLUMNS + " from <t>.message where id = :id for update")
                .bind("id", id.uuid())
                .map((row, context) -> message(row))
                .findOne();
    }

    /** Has it tried again at once. */
    void revive(MessageId id, Instant notAfter) {
        tx.update(
                        """
                        update <t>.message
                           set state = 'retry', reason = null, due_at = :now, attempts = 0, updated_at = :now,
                               not_after = greatest(not_after, :notAfter)
                         where id = :id
                        """)
                .bind("id", id.uuid())
                .bind("notAfter", notAfter)
                .bind("now", tx.now())
                .execute();
    }

    /** What the mail is about, where that is said when it is planned. */
    void setModel(MessageId id, Map<String, Object> model) {
        tx.update("update <t>.message set model = :model::jsonb where id = :id")
                .bind("id", id.uuid())
                .bind("model", Json.write(model))
                .execute();
    }

    /** What a list of messages is narrowed to; null for all. */
    record Filter(@Nullable UUID member, @Nullable UUID campaign, @Nullable String state) {}

    List<MessageRow> page(Filter filter, @Nullable UUID before, int limit) {
        return tx.query(
                        "select "
                                + COLUMNS
                                + """
                                  from <t>.message
                                 where id < coalesce(:before::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
                                   and (:member::uuid is null or member_id = :member)
                                   and (:campaign::uuid is null or campaign_id = :campaign)
                                   and (:state::text is null or state = :state)
                                 order by id desc limit :limit
                                """)
                .bind("before", before)
                .bind("member", filter.member())
                .bind("campaign", filter.campaign())
                .bind("state", filter.state())
                .bind("limit", limit)
                .map((row, context) -> message(row))
                .list();
    }

    /** Those that changed since, the latest change first, from behind the given place on. */
    List<MessageRow> changedPage(
            Filter filter, Instant since, @Nullable TimeAndId after, int limit) {
        return tx.query(
                        "select "
                                + COLUMNS
                                + """
                                  from <t>.message
                                 where updated_at >= :since
                                   and (updated_at, id) < (coalesce(:beforeTime::timestamptz, 'infinity'), coalesce(:beforeId::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
                                   and (:member::uuid is null or member_id = :member)
                                   and (:campaign::uuid is null or campaign_id = :campaign)
                                   and (:state::text is null or state = :state)
                                 order by updated_at desc, id desc limit :limit
                                """)
                .bind("since", since)
                .bind("beforeTime", after == null ? null : after.time())
                .bind("beforeId", after == null ? null : after.id())
                .bind("member", filter.member())
                .bind("campaign", filter.campaign())
                .bind("state", filter.state())
                .bind("limit", limit)
                .map((row, context) -> message(row))
                .list();
    }

    private static MessageRow.@Nullable PointsGiven points(ResultSet row) throws SQLException {
        long points = row.getLong("points");
        return points == 0
                ? null
                : new MessageRow.PointsGiven(points, Rows.instantOrNull(row, "points_end"));
    }

    static MessageRow message(ResultSet row) throws SQLException {
        String model = row.getString("model");
        return new MessageRow(
                new MessageId(Rows.uuid(row, "id")),
                row.getString("kind"),
                row.getString("class"),
                new MemberId(Rows.uuid(row, "member_id")),
                row.getString("occurrence"),
                Rows.uuidOrNull(row, "campaign_id"),
                row.getString("state"),
                Rows.textOrNull(row, "reason"),
                Rows.textOrNull(row, "recipient"),
                Rows.textOrNull(row, "subject"),
                Rows.textOrNull(row, "locale"),
                model == null ? null : Json.read(model, MODEL),
                Rows.uuidOrNull(row, "voucher_id"),
                points(row),
                row.getInt("urgency"),
                Rows.instant(row, "due_at"),
                Rows.instant(row, "not_after"),
                row.getInt("attempts"),
                Rows.instant(row, "planned_at"),
                Rows.instantOrNull(row, "sent_at"),
                Rows.textOrNull(row, "bounce"),
                Rows.instantOrNull(row, "bounced_at"),
                Rows.instantOrNull(row, "clicked_at"),
                Rows.instant(row, "updated_at"));
    }
}
