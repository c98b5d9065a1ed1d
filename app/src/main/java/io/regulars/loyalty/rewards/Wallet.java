package io.regulars.loyalty.rewards;

import io.regulars.loyalty.ledger.Account;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Reward;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What a member holds and what is within reach, as their card shows it. */
public final class Wallet {

    /** More than that nobody scrolls through at a counter. */
    private static final int MOST = 50;

    private final VoucherLinks links;

    Wallet(VoucherLinks links) {
        this.links = links;
    }

    /**
     * A voucher that can be used now.
     *
     * @param qrUrl where the picture of its code is
     */
    public record Held(
            String code, Reward reward, String origin, @Nullable Instant expiresAt, String qrUrl) {}

    /** What can be used now, the first to end first. */
    public List<Held> of(TenantTx tx, MemberId member) {
        return new VoucherDao(tx)
                .ofMember(member.uuid(), VoucherState.ISSUED.key(), null, MOST).stream()
                        .map(row ->
                                new Held(
                                        row.code(),
                                        row.terms(),
                                        row.origin(),
                                        row.expiresAt(),
                                        links.qr(row.code())))
                        .sorted(
                                Comparator.comparing(
                                        Held::expiresAt,
                                        Comparator.nullsLast(Comparator.naturalOrder())))
                        .toList();
    }

    /**
     * A reward that points buy.
     *
     * @param missing how many points the member lacks; 0: it can be had now
     */
    public record Reachable(Reward reward, long cost, long missing) {}

    /** What this member's points can buy, now or one day, the cheapest first. */
    public static List<Reachable> reachable(
            TenantTx tx, Program program, Account account, long available) {
        return reachable(tx, program, List.of(account), _ -> available)
                .getOrDefault(account.memberId(), List.of());
    }

    /**
     * The same of many members, read at once.
     *
     * @param available how many points each of them can spend
     */
    public static Map<UUID, List<Reachable>> reachable(
            TenantTx tx,
            Program program,
            Collection<Account> accounts,
            ToLongFunction<UUID> available) {
        if (accounts.isEmpty()) {
            return Map.of();
        }
        Map<String, Long> left = new StockDao(tx).left(program.rewards());
        Map<UUID, List<Reachable>> reachable = new HashMap<>();
        RewardLocks.of(tx, program, accounts)
                .forEach((member, locks) ->
                        reachable.put(
                                member,
                                reachable(program, locks, left, available.applyAsLong(member))));
        return reachable;
    }

    private static List<Reachable> reachable(
            Program program, RewardLocks locks, Map<String, Long> left, long available) {
        return program.rewards().stream()
                .filter(reward -> locks.reason(reward).isEmpty())
                .filter(reward -> left.getOrDefault(reward.key(), 1L) > 0)
                .map(reward -> {
                    long cost = Objects.requireNonNullElse(reward.costPoints(), 0L);
                    return new Reachable(reward, cost, Math.max(0, cost - available));
                })
                .sorted(Comparator.comparingLong(Reachable::cost))
                .toList();
    }
}
