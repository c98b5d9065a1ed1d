package io.regulars.loyalty.rewards;

import io.regulars.loyalty.ledger.Account;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Reward;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.ProblemType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** What keeps a member from a reward, points and stock aside. */
record RewardLocks(String tier, Map<String, Long> redemptions) {

    static RewardLocks of(TenantTx tx, Program program, Account account) {
        return Objects.requireNonNull(of(tx, program, List.of(account)).get(account.memberId()));
    }

    /** Of many members, read at once; by member. */
    static Map<UUID, RewardLocks> of(TenantTx tx, Program program, Collection<Account> accounts) {
        Map<UUID, Map<String, Long>> redemptions =
                new VoucherDao(tx)
                        .redemptions(accounts.stream().map(Account::memberId).toList()).stream()
                                .collect(
                                        Collectors.groupingBy(
                                                VoucherDao.RewardCount::member,
                                                Collectors.toMap(
                                                        VoucherDao.RewardCount::reward,
                                                        VoucherDao.RewardCount::count)));
        return accounts.stream()
                .collect(
                        Collectors.toMap(
                                Account::memberId,
                                account ->
                                        new RewardLocks(
                                                tier(program, account),
                                                redemptions.getOrDefault(
                                                        account.memberId(), Map.of()))));
    }

    Optional<ProblemType> reason(Reward reward) {
        if (!reward.isRedeemable()) {
            return Optional.of(ProblemType.NOT_REDEEMABLE);
        }
        if (!reward.tierKeys().isEmpty() && !reward.tierKeys().contains(tier)) {
            return Optional.of(ProblemType.TIER_TOO_LOW);
        }
        int limit = Objects.requireNonNullElse(reward.perMember(), 0);
        return limit > 0 && redemptions.getOrDefault(reward.key(), 0L) >= limit
                ? Optional.of(ProblemType.LIMIT_REACHED)
                : Optional.empty();
    }

    /** Who was never given a tier is on the first level. */
    private static String tier(Program program, Account account) {
        return Optional.ofNullable(account.tier())
                .or(() -> program.tierScheme().map(scheme -> scheme.levels().getFirst().key()))
                .orElse("");
    }
}
