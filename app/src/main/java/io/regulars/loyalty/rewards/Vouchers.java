package io.regulars.loyalty.rewards;

import io.regulars.events.Event;
import io.regulars.events.Outbox;
import io.regulars.loyalty.ledger.Payment;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.program.Reward;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.ids.TypeIds;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gives vouchers and takes them back, within the caller's transaction. */
public final class Vouchers {

    public static final String CAMPAIGN = "campaign";
    public static final String STAMP_CARD = "stamp_card";
    public static final String REFERRAL = "referral";
    public static final String WELCOME = "welcome";
    static final String REDEMPTION = "redemption";
    static final String BATCH = "batch";

    private Vouchers() {}

    /** A voucher that was issued. */
    public record Issued(
            UUID id, String code, MemberId member, Reward reward, @Nullable Instant expiresAt) {}

    /**
     * Issues one voucher of this reward to each member. What was promised is given: neither stock
     * nor tiers nor a limit per member stand in the way.
     *
     * @param origin what it was given for, such as {@link #CAMPAIGN}
     * @param validDays how long it holds; null for as long as the reward says
     */
    public static List<Issued> issue(
            TenantTx tx,
            List<MemberId> members,
            Reward reward,
            @Nullable Integer validDays,
            String origin,
            @Nullable UUID originId) {
        if (members.isEmpty()) {
            return List.of();
        }
        Integer days = validDays == null ? reward.validDays() : validDays;
        Instant expiresAt = days == null ? null : endOfDay(tx, days);
        List<VoucherRow> rows =
                members.stream()
                        .map(member ->
                                granted(
                                        tx,
                                        member.uuid(),
                                        Codes.next(),
                                        reward,
                                        origin,
                                        originId,
                                        expiresAt))
                        .toList();
        if (new VoucherDao(tx).insert(rows).size() != rows.size()) {
            throw new IllegalStateException("one of 31^12 codes was drawn twice");
        }
        Outbox.append(
                tx,
                Stream.iterate(0, i -> i < rows.size(), i -> i + 1)
                        .map(i ->
                                new Event.VoucherIssued(
                                        rows.get(i).id(), members.get(i).uuid(), reward.key()))
                        .toList());
        return Stream.iterate(0, i -> i < rows.size(), i -> i + 1)
                .map(i -> issued(rows.get(i), members.get(i)))
                .toList();
    }

    static VoucherRow granted(
            TenantTx tx,
            @Nullable UUID member,
            String code,
            Reward reward,
            String origin,
            @Nullable UUID originId,
            @Nullable Instant expiresAt) {
        return new VoucherRow(
                TypeIds.next(),
                code,
                member,
                reward,
                VoucherState.ISSUED,
                origin,
                originId,
                0,
                Payment.NOTHING,
                null,
                null,
                tx.now(),
                expiresAt);
    }

    /** Vouchers that were issued to members, by id, whatever became of them. */
    public static Map<UUID, Issued> all(TenantTx tx, Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        Map<UUID, Issued> found = new HashMap<>();
        for (VoucherRow row : new VoucherDao(tx).all(ids)) {
            Optional.ofNullable(row.member())
                    .ifPresent(member -> found.put(row.id(), issued(row, new MemberId(member))));
        }
        return found;
    }

    /** The newest that each of these members can use now of one origin; by member. */
    public static Map<UUID, Issued> newestUsable(
            TenantTx tx, Collection<UUID> members, String origin) {
        if (members.isEmpty()) {
            return Map.of();
        }
        Map<UUID, Issued> newest = new HashMap<>();
        for (VoucherRow row : new VoucherDao(tx).unused(members, origin)) {
            Optional.ofNullable(row.member())
                    .filter(member -> !row.isOver(tx.now()))
                    .ifPresent(member ->
                            newest.putIfAbsent(member, issued(row, new MemberId(member))));
        }
        return newest;
    }

    /** Takes back vouchers that nobody has used, because nobody will be told of them. */
    public static void cancel(TenantTx tx, List<UUID> ids) {
        if (!ids.isEmpty()) {
            new VoucherDao(tx).cancelUnused(ids);
        }
    }

    /**
     * Takes back unused vouchers of one origin that these members have and that fit.
     *
     * @return their ids
     */
    public static List<UUID> cancelUnused(
            TenantTx tx,
            Collection<UUID> members,
            String origin,
            Predicate<Granted> fits,
            long atMost) {
        VoucherDao dao = new VoucherDao(tx);
        List<VoucherRow> taken =
                dao.lockUnused(members, origin).stream()
                        .filter(row ->
                                fits.test(new Granted(row.id(), row.terms().key(), row.originId())))
                        .limit(atMost)
                        .toList();
        taken.forEach(row -> dao.update(row.cancelled()));
        return taken.stream().map(VoucherRow::id).toList();
    }

    /**
     * A voucher that was given and not bought.
     *
     * @param originId the campaign, purchase or referral it was given for
     */
    public record Granted(UUID id, String reward, @Nullable UUID originId) {}

    /** A voucher that its member can use now. */
    public record Usable(UUID id, String code, String reward, @Nullable Instant expiresAt) {}

    /** What each of these members can use of one origin, newest first. */
    public static Map<UUID, List<Usable>> usable(
            TenantTx tx, Collection<UUID> members, String origin) {
        return new VoucherDao(tx)
                .unused(members, origin).stream()
                        .filter(row -> !row.isOver(tx.now()))
                        .collect(
                                Collectors.groupingBy(
                                        row -> Objects.requireNonNull(row.member()),
                                        Collectors.mapping(Vouchers::usable, Collectors.toList())));
    }

    private static Usable usable(VoucherRow row) {
        return new Usable(row.id(), row.code(), row.terms().key(), row.expiresAt());
    }

    private static Issued issued(VoucherRow row, MemberId member) {
        return new Issued(row.id(), row.code(), member, row.terms(), row.expiresAt());
    }

    /** The end of a voucher that is issued now; null where the reward has none. */
    static @Nullable Instant endOf(TenantTx tx, Reward reward) {
        return reward.validDays() == null ? null : endOfDay(tx, reward.validDays());
    }

    /** The shop's midnight after the last of so many whole days, exclusive. */
    private static Instant endOfDay(TenantTx tx, int days) {
        ZoneId zone = tx.tenant().zone();
        LocalDate today = tx.now().atZone(zone).toLocalDate();
        return today.plusDays(days + 1L).atStartOfDay(zone).toInstant();
    }
}
