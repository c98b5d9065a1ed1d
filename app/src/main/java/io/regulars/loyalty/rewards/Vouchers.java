package io.regulars.loyalty.rewards;

import io.regulars.events.Event;
import io.regulars.events.Outbox;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.program.Program;
import io.regulars.platform.db.Columns;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.ids.Tokens;
import io.regulars.platform.ids.TypeIds;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Issues vouchers, within the caller's transaction. */
public final class Vouchers {

    /** 31^12 codes: nobody guesses one, and it still fits on a receipt. */
    private static final int CODE_LENGTH = 12;

    private Vouchers() {}

    /** A voucher that was issued. */
    public record Issued(
            UUID id,
            String code,
            MemberId member,
            Program.Reward reward,
            @Nullable Instant expiresAt) {}

    /**
     * Issues one voucher of this reward to each member.
     *
     * @param origin what it was given for, such as {@code campaign}
     * @param validDays how long it holds; null for as long as the reward says
     */
    public static List<Issued> issue(
            TenantTx tx,
            List<MemberId> members,
            Program.Reward reward,
            @Nullable Integer validDays,
            String origin,
            @Nullable UUID campaignId) {
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
                        insert into <t>.voucher (id, code, member_id, reward, terms, state, origin, campaign_id,
                               issued_at, expires_at, updated_at)
                        select id, code, member_id, :reward, :terms::jsonb, 'issued', :origin, :campaign,
                               :now, :expires, :now
                          from unnest(:ids, :codes, :members) as v (id, code, member_id)
                        """)
                .bindArray("ids", UUID.class, Columns.of(issued, Issued::id))
                .bindArray("codes", String.class, Columns.of(issued, Issued::code))
                .bindArray("members", UUID.class, Columns.of(issued, i -> i.member().uuid()))
                .bind("reward", reward.key())
                .bind("terms", Json.write(reward))
                .bind("origin", origin)
                .bind("campaign", campaignId)
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

    /** The shop's midnight after the last of so many whole days, exclusive. */
    private static Instant endOfDay(TenantTx tx, int days) {
        ZoneId zone = tx.tenant().zone();
        LocalDate today = tx.now().atZone(zone).toLocalDate();
        return today.plusDays(days + 1L).atStartOfDay(zone).toInstant();
    }
}
