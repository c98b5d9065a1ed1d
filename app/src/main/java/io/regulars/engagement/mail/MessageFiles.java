package io.regulars.engagement.mail;

import io.regulars.loyalty.members.Strangers;
import io.regulars.platform.db.Listing;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.ids.TypeIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All messages to members as rows of a file. */
public final class MessageFiles {

    public static final List<String> HEADER =
            List.of(
                    "id",
                    "member",
                    "kind",
                    "class",
                    "occurrence",
                    "campaign",
                    "state",
                    "reason",
                    "to",
                    "subject",
                    "locale",
                    "planned_at",
                    "sent_at");

    private MessageFiles() {}

    /** Without those to strangers, oldest first, behind the given one. */
    public static List<Listing> behind(TenantTx tx, @Nullable UUID after, int limit) {
        return tx.query(
                        """
                        select id, member_id, kind, class, occurrence, campaign_id, state, reason, recipient, subject, locale,
                               planned_at, sent_at
                          from <t>.message where id > coalesce(:after::uuid, '00000000-0000-0000-0000-000000000000')
                        """
                                + " and not "
                                + Strangers.is("message.member_id")
                                + " order by id limit :limit")
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> listing(row))
                .list();
    }

    private static Listing listing(ResultSet row) throws SQLException {
        UUID campaign = Rows.uuidOrNull(row, "campaign_id");
        return new Listing(
                Rows.uuid(row, "id"),
                List.of(
                        TypeIds.format("msg", Rows.uuid(row, "id")),
                        TypeIds.format("mem", Rows.uuid(row, "member_id")),
                        row.getString("kind"),
                        row.getString("class"),
                        row.getString("occurrence"),
                        campaign == null ? "" : TypeIds.format("cmp", campaign),
                        row.getString("state"),
                        text(Rows.textOrNull(row, "reason")),
                        text(Rows.textOrNull(row, "recipient")),
                        text(Rows.textOrNull(row, "subject")),
                        text(Rows.textOrNull(row, "locale")),
                        Rows.instant(row, "planned_at").toString(),
                        text(Rows.instantOrNull(row, "sent_at"))));
    }

    private static String text(@Nullable Object value) {
        return Objects.toString(value, "");
    }
}
