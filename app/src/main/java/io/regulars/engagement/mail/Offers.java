package io.regulars.engagement.mail;

import io.regulars.loyalty.adjustments.GiftPoints;
import io.regulars.loyalty.adjustments.GiftPoints.Gift;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.rewards.Vouchers;
import io.regulars.platform.db.Columns;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What comes with messages, vouchers and points: given with the planning, and taken back when the
 * message is not sent after all, for then nobody is told of it. Within the caller's transaction.
 */
public final class Offers {

    private Offers() {}

    /** What a message that is not sent was to bring. */
    record Unsent(@Nullable UUID voucher, @Nullable Gift points) {

        static Unsent of(MessageRow message) {
            return new Unsent(
                    message.voucherId(), message.points() == null ? null : message.gift());
        }

        /** Of a row with {@code id}, {@code member_id}, {@code voucher_id} and {@code points}. */
        static Unsent of(ResultSet row) throws SQLException {
            boolean hasPoints = row.getLong("points") > 0;
            return new Unsent(
                    Rows.uuidOrNull(row, "voucher_id"),
                    hasPoints
                            ? new Gift(
                                    Rows.uuid(row, "member_id"),
                                    new MessageId(Rows.uuid(row, "id")).toString())
                            : null);
        }
    }

    static void takeBack(TenantTx tx, Collection<Unsent> unsent) {
        Vouchers.cancel(
                tx, unsent.stream().map(Unsent::voucher).filter(Objects::nonNull).toList());
        List<Gift> points = unsent.stream().map(Unsent::points).filter(Objects::nonNull).toList();
        if (!points.isEmpty()) {
            // So seldom that the program may be read anew.
            new GiftPoints(new Programs()).takeBack(tx, points);
        }
    }

    /** Puts vouchers into messages: message ids to voucher ids. */
    public static void attachVouchers(TenantTx tx, Map<UUID, UUID> vouchers) {
        if (vouchers.isEmpty()) {
            return;
        }
        List<Map.Entry<UUID, UUID>> pairs = List.copyOf(vouchers.entrySet());
        tx.update(
                        """
                        update <t>.message m set voucher_id = v.voucher_id
                          from unnest(:messages, :vouchers) as v (message_id, voucher_id)
                         where m.id = v.message_id
                        """)
                .bindArray("messages", UUID.class, Columns.of(pairs, Map.Entry::getKey))
                .bindArray("vouchers", UUID.class, Columns.of(pairs, Map.Entry::getValue))
                .execute();
    }

    /** Gives points with these messages: message ids to members. */
    public static void attachPoints(
            TenantTx tx, GiftPoints giftPoints, Map<UUID, UUID> messages, GiftPoints.Terms terms) {
        if (messages.isEmpty()) {
            return;
        }
        Instant end =
                giftPoints.give(
                        tx,
                        messages.entrySet().stream()
                                .map(one ->
                                        new Gift(
                                                one.getValue(),
                                                new MessageId(one.getKey()).toString()))
                                .toList(),
                        terms);
        tx.update(
                        """
                        update <t>.message set points = :points, points_end = :end
                         where id = any(:messages)
                        """)
                .bind("points", terms.points())
                .bind("end", end)
                .bindArray("messages", UUID.class, List.copyOf(messages.keySet()))
                .execute();
    }
}
