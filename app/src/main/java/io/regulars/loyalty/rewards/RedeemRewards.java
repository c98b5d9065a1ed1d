package io.regulars.loyalty.rewards;

import io.regulars.events.Audit;
import io.regulars.events.Event;
import io.regulars.events.Outbox;
import io.regulars.loyalty.ledger.Inactivity;
import io.regulars.loyalty.ledger.Ledger;
import io.regulars.loyalty.ledger.Payment;
import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.members.MemberKey;
import io.regulars.loyalty.program.ProgramHistory;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.program.Reward;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.ids.TypeIds;
import io.regulars.platform.work.Lanes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The use cases behind {@code /v1/redemptions}; each opens one transaction. Everybody locks the
 * account first, then the stock or the voucher.
 */
final class RedeemRewards {

    private final TenantDb tenants;
    private final Programs programs;
    private final Lanes lanes;

    RedeemRewards(TenantDb tenants, Programs programs, Lanes lanes) {
        this.tenants = tenants;
        this.programs = programs;
        this.lanes = lanes;
    }

    /**
     * @param hold how long it is only held; null: it is issued at once
     */
    record Wish(MemberKey member, String reward, @Nullable Duration hold) {}

    /** A redemption, and the moment at which it was looked at. */
    record Seen(VoucherRow voucher, Instant now) {}

    /**
     * @throws Problem 422 {@code not_enough_points} with what is required, available and missing,
     *     {@code sold_out}, {@code limit_reached}, {@code tier_too_low}, {@code not_redeemable}
     */
    Seen redeem(TenantRef tenant, Wish wish) {
        return tenants.inTransaction(
                tenant,
                tx -> {
                    Member member = MemberDirectory.require(tx, wish.member(), "/member");
                    ProgramHistory.Version program = programs.inForce(tx);
                    Reward reward =
                            program.program()
                                    .reward(wish.reward())
                                    .orElseThrow(() -> unknown(wish.reward()));
                    return new Seen(
                            redeem(tx, member.id().uuid(), program, reward, wish.hold()), tx.now());
                });
    }

    private VoucherRow redeem(
            TenantTx tx,
            UUID member,
            ProgramHistory.Version program,
            Reward reward,
            @Nullable Duration hold) {
        if (!reward.isRedeemable()) {
            throw Problem.of(
                            ProblemType.NOT_REDEEMABLE,
                            "This reward is given, points do not buy it.")
                    .at("/reward", "not_redeemable");
        }
        Ledger ledger = Ledger.lock(tx, List.of(member));
        RewardLocks locks = RewardLocks.of(tx, program.program(), ledger.account(member));
        Optional<ProblemType> locked = locks.reason(reward);
        if (locked.isPresent()) {
            throw Problem.of(locked.get(), locked.get().title() + ".")
                    .at("/reward", locked.get().code());
        }
        VoucherRow draft = draft(tx, member, reward, hold, Payment.NOTHING);
        long cost = draft.points();
        Payment payment =
                ledger.spend(Redemptions.movement(member, draft, program.number()))
                        .orElseThrow(() -> notEnough(cost, ledger.available(member)));
        if (!new StockDao(tx).take(reward)) {
            throw Problem.of(ProblemType.SOLD_OUT, "None of this reward is left.")
                    .at("/reward", "sold_out");
        }
        new Inactivity(tx, ledger, program.program().expiryPolicy()).isOver(member);
        ledger.write();
        VoucherRow voucher = paid(draft, payment);
        if (new VoucherDao(tx).insert(List.of(voucher)).isEmpty()) {
            throw new IllegalStateException("one of 31^12 codes was drawn twice");
        }
        Outbox.append(tx, new Event.RewardRedeemed(voucher.id(), member, reward.key(), cost));
        Audit.note(
                tx,
                "redemption.created",
                TypeIds.format("rdm", voucher.id()),
                null,
                Map.of(
                        "member",
                        new MemberId(member).toString(),
                        "reward",
                        reward.key(),
                        "points",
                        cost,
                        "status",
                        voucher.state().key()));
        if (hold != null) {
            tx.afterCommit(() -> lanes.note(ExpireHolds.QUEUE, tx.tenant()));
        }
        return voucher;
    }

    private static VoucherRow draft(
            TenantTx tx, UUID member, Reward reward, @Nullable Duration hold, Payment payment) {
        return new VoucherRow(
                TypeIds.next(),
                Codes.next(),
                member,
                reward,
                hold == null ? VoucherState.ISSUED : VoucherState.HELD,
                Vouchers.REDEMPTION,
                null,
                Objects.requireNonNullElse(reward.costPoints(), 0L),
                payment,
                hold == null ? null : tx.now().plus(hold),
                null,
                tx.now(),
                Vouchers.endOf(tx, reward));
    }

    private static VoucherRow paid(VoucherRow draft, Payment payment) {
        return new VoucherRow(
                draft.id(),
                draft.code(),
                draft.member(),
                draft.terms(),
                draft.state(),
                draft.origin(),
                draft.originId(),
                draft.points(),
                payment,
                draft.holdUntil(),
                null,
                draft.issuedAt(),
                draft.expiresAt());
    }

    /**
     * @throws Problem 404
     */
    Seen get(TenantRef tenant, String id) {
        return tenants.inTransaction(tenant, tx -> new Seen(find(tx, id), tx.now()));
    }

    /**
     * Makes a held redemption usable. A repeat answers what it has become.
     *
     * @throws Problem 404; 422 {@code hold_expired} where the hold has run out or was cancelled
     */
    Seen commit(TenantRef tenant, String id) {
        return tenants.inTransaction(
                tenant,
                tx -> {
                    VoucherDao dao = new VoucherDao(tx);
                    VoucherRow voucher =
                            dao.lock(find(tx, id).id())
                                    .orElseThrow(() -> Problem.notFound("redemption"));
                    return switch (voucher.state()) {
                        case ISSUED, USED -> new Seen(voucher, tx.now());
                        case CANCELLED ->
                                throw Problem.of(
                                        ProblemType.HOLD_EXPIRED,
                                        "The hold has run out or was cancelled; its points went back.");
                        case HELD -> {
                            // The clock decides, whether or not the job has come by.
                            if (voucher.hasHoldRunOut(tx.now())) {
                                throw Problem.of(
                                        ProblemType.HOLD_EXPIRED,
                                        "The hold has run out; its points go back.");
                            }
                            dao.update(voucher.committed());
                            note(tx, "redemption.committed", voucher, voucher.committed());
                            yield new Seen(voucher.committed(), tx.now());
                        }
                    };
                });
    }

    /**
     * Gives the points of an unused reward back. A repeat changes nothing.
     *
     * @throws Problem 404; 422 {@code voucher_used}; 409 where it changed hands at this moment
     */
    Seen cancel(TenantRef tenant, String id) {
        return tenants.inTransaction(
                tenant,
                tx -> {
                    VoucherRow found = find(tx, id);
                    UUID member = Objects.requireNonNull(found.member());
                    Ledger ledger = Ledger.lock(tx, List.of(member));
                    VoucherRow voucher =
                            new VoucherDao(tx)
                                    .lock(found.id())
                                    .orElseThrow(() -> Problem.notFound("redemption"));
                    if (!member.equals(voucher.member())) {
                        throw Problem.of(
                                ProblemType.CONFLICT,
                                "The member was merged at this moment; send it again.");
                    }
                    return switch (voucher.state()) {
                        case CANCELLED -> new Seen(voucher, tx.now());
                        case USED -> throw Refusal.VOUCHER_USED.at("");
                        case HELD, ISSUED -> {
                            // A reusable one stays issued, whatever it has given.
                            if (voucher.use() != null) {
                                throw Refusal.VOUCHER_USED.at("");
                            }
                            Event event =
                                    new Redemptions(tx, ledger, programs.inForce(tx)).undo(voucher);
                            ledger.write();
                            Outbox.append(tx, event);
                            note(tx, "redemption.cancelled", voucher, voucher.cancelled());
                            yield new Seen(voucher.cancelled(), tx.now());
                        }
                    };
                });
    }

    private static void note(TenantTx tx, String action, VoucherRow before, VoucherRow after) {
        Audit.note(
                tx,
                action,
                TypeIds.format("rdm", before.id()),
                Map.of("status", before.state().key()),
                Map.of("status", after.state().key()));
    }

    private static VoucherRow find(TenantTx tx, String id) {
        return TypeIds.parse("rdm", id)
                .flatMap(new VoucherDao(tx)::find)
                .filter(VoucherRow::isRedemption)
                .orElseThrow(() -> Problem.notFound("redemption"));
    }

    static Problem unknown(String reward) {
        return Problem.invalid(
                "/reward",
                "unknown_reward",
                "The program has no reward with the key " + reward + ".");
    }

    private static Problem notEnough(long required, long available) {
        return Problem.of(
                        ProblemType.NOT_ENOUGH_POINTS,
                        "The reward costs "
                                + required
                                + " points, and the member has "
                                + available
                                + ".")
                .at("/reward", "not_enough_points")
                .with("required", required)
                .with("available", available)
                .with("missing", required - available);
    }
}
