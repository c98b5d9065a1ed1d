package io.regulars.loyalty.rewards;

import io.regulars.events.Event;
import io.regulars.events.Outbox;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.program.Reward;
import io.regulars.platform.db.Columns;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.ids.Tokens;
import io.regulars.platform.ids.TypeIds;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Issues vouchers, within the caller's transaction. */
public final class Vouchers {

    /** 31^12 codes: nobody guesses one, and it still fits on a receipt. */
    private static final int CODE_LENGTH = 12;

    private Vouchers() {}

    /** A voucher that was issued. */
    public record Issued(
            UUID id, String code, MemberId member, Reward reward, @Nullable Instant expiresAt) {}

    /**
     * Issues one voucher of this reward to each member.
     *
     * @param origin what it was given for, such as {@code campaign}
     * @param validDays how long it holds; null for as long as the reward says
     */
    public static List<Issued> issue(
            TenantTx tx,
            List<MemberId> members,
            Reward reward,
            @Nullable Integer validDays,
            String origin,
            @Nullable UUID originId) {
        Integer days = validDays == null ? reward.validDays() : validDays;
        Instant expiresAt = days == null ? null : endOfDay(tx, days);
        List<Issued> issued =
                members.stream()
                        .map(member ->
                                new Issued(
                                        TypeIds.next(),
                                        Tokens.readable(CODE_LENGTH),
                                        member,
                                        reward,
                                        expiresAt))
                        .toList();
        if (issued.isEmpty()) {
            return issued;
        }
        tx.update(
                        """
                        insert into <t>.voucher (id, code, member_id, reward, terms, state, origin, origin_id, points,
                               paid_from, issued_at, expires_at, updated_at)
                        select id, code, member_id, :reward, :terms::jsonb, 'issued', :origin, :originId, 0,
                               '[]', :now, :expires, :now
                          from unnest(:ids, :codes, :members) as v (id, code, member_id)
                        """)
                .bindArray("ids", UUID.class, Columns.of(issued, Issued::id))
                .bindArray("codes", String.class, Columns.of(issued, Issued::code))
                .bindArray("members", UUID.class, Columns.of(issued, i -> i.member().uuid()))
                .bind("reward", reward.key())
                .bind("terms", Json.write(reward))
                .bind("origin", origin)
                .bind("originId", originId)
                .bind("expires", expiresAt)
                .bind("now", tx.now())
                .execute();
        Outbox.append(
                tx,
                issued.stream()
                        .map(i -> new Event.VoucherIssued(i.id(), i.member().uuid(), reward.key()))
                        .toList());
        return issued;
    }

    /** A voucher that was issued to a member, whatever became of it. */
    public static Optional<Issued> find(TenantTx tx, UUID id) {
        return tx.query(
                        """
                        select id, code, member_id, terms::text, expires_at from <t>.voucher
                         where id = :id and member_id is not null
                        """)
                .bind("id", id)
                .map((row, context) ->
                        new Issued(
                                Rows.uuid(row, "id"),
                                row.getString("code"),
                                new MemberId(Rows.uuid(row, "member_id")),
                                Json.read(row.getString("terms"), Reward.class),
                                Rows.instantOrNull(row, "expires_at")))
                .findOne();
    }

    /** Takes back vouchers that nobody has used, because nobody will be told of them. */
    public static void cancel(TenantTx tx, List<UUID> ids) {
        if (ids.isEmpty()) {
            return;
        }
        tx.update(
                        "update <t>.voucher set state = 'cancelled', updated_at = :now where id = any(:ids) and state = 'issued'")
                .bindArray("ids", UUID.class, ids)
                .bind("now", tx.now())
                .execute();
    }

    /** A voucher as its member sees it. */
    public record Held(
            UUID id,
            String code,
            String reward,
            Reward terms,
            String state,
            Instant issuedAt,
            @Nullable Instant expiresAt) {}

    /** A member's vouchers, newest first. */
    static List<Held> ofMember(TenantTx tx, MemberId member, @Nullable UUID before, int limit) {
        return tx.query(
                        """
                        select id, code, reward, terms::text, state, issued_at, expires_at from <t>.voucher
                         where member_id = :member and (:before::uuid is null or id < :before)
                         order by id desc limit :limit
                        """)
                .bind("member", member.uuid())
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) ->
                        new Held(
                                Rows.uuid(row, "id"),
                                row.getString("code"),
                                row.getString("reward"),
                                Json.read(row.getString("terms"), Reward.class),
                                row.getString("state"),
                                Rows.instant(row, "issued_at"),
                                Rows.instantOrNull(row, "expires_at")))
                .list();
    }

    /** The shop's midnight after the last of so many whole days, exclusive. */
    private static Instant endOfDay(TenantTx tx, int days) {
        ZoneId zone = tx.tenant().zone();
        LocalDate today = tx.now().atZone(zone).toLocalDate();
        return today.plusDays(days + 1L).atStartOfDay(zone).toInstant();
    }
}
