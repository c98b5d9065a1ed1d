package io.regulars.loyalty.purchases;

import io.regulars.loyalty.ledger.Account;
import io.regulars.loyalty.ledger.Accounts;
import io.regulars.loyalty.ledger.Balances;
import io.regulars.loyalty.ledger.LedgerHistory;
import io.regulars.loyalty.ledger.PointsView;
import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.program.ProgramHistory;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.program.Why;
import io.regulars.loyalty.rewards.OrderVouchers;
import io.regulars.loyalty.stampcards.StampCardViews;
import io.regulars.loyalty.stampcards.StampCardViews.StampCardView;
import io.regulars.loyalty.tiers.TierView;
import io.regulars.loyalty.tiers.Tiers;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Purchases as the API shows them. */
final class PurchaseViews {

    private final Programs programs;

    PurchaseViews(Programs programs) {
        this.programs = programs;
    }

    record PurchaseView(
            PurchaseId id,
            String source,
            String orderId,
            Instant purchasedAt,
            long amount,
            long refunded,
            List<LineView> lines,
            @Nullable String location,
            int programVersion,
            List<AwardView> awards,
            long pointsEarned,
            @Nullable BuyerView member,
            @Nullable List<StampCardView> stampCards,
            @Nullable List<VoucherOnOrder> vouchers,
            @Nullable String claimCode) {

        PurchaseView with(List<StampCardView> cards) {
            return with(vouchers == null ? List.of() : vouchers, cards);
        }

        PurchaseView with(List<VoucherOnOrder> used, List<StampCardView> cards) {
            return new PurchaseView(
                    id,
                    source,
                    orderId,
                    purchasedAt,
                    amount,
                    refunded,
                    lines,
                    location,
                    programVersion,
                    awards,
                    pointsEarned,
                    member,
                    cards,
                    used.isEmpty() ? null : used,
                    claimCode);
        }
    }

    /**
     * A voucher that the purchase has used.
     *
     * @param discount what it took off, in minor units
     */
    record VoucherOnOrder(String code, String reward, long discount) {

        static VoucherOnOrder of(OrderVouchers.Used used) {
            return new VoucherOnOrder(used.code(), used.reward(), used.discount().amount());
        }
    }

    /**
     * A line.
     *
     * @param refunded what has been refunded of its amount
     */
    record LineView(
            String lineId,
            @Nullable String sku,
            @Nullable String category,
            int quantity,
            long amount,
            long refunded) {

        static LineView of(PurchaseState.LineState state) {
            NewPurchase.Line line = state.line();
            return new LineView(
                    line.lineId(),
                    line.sku(),
                    line.category(),
                    line.quantity(),
                    line.amount(),
                    state.refunded());
        }
    }

    /**
     * An award.
     *
     * @param status {@code available} or {@code pending}
     * @param why the reason, in the member's language
     */
    record AwardView(
            long points,
            String rule,
            String status,
            @Nullable Instant availableAt,
            @Nullable Instant expiresAt,
            String why) {}

    /** The buyer, with the points as they are now. */
    record BuyerView(MemberId id, PointsView points, @Nullable TierView tier) {}

    /** One purchase, with the buyer's stamp cards as they are now. */
    PurchaseView of(TenantTx tx, PurchaseId id) {
        PurchaseView view = of(tx, List.of(new PurchaseDao(tx).find(id).orElseThrow())).getFirst();
        return view.with(
                view.member() == null
                        ? List.of()
                        : stampCards(tx, view.member().id(), stamps(tx, view.member().id())));
    }

    /** One that was recorded just now: all but the member's points is known already. */
    PurchaseView ofRecorded(
            TenantTx tx, RecordPurchases.Outcome.Recorded recorded, @Nullable Member member) {
        PurchaseState state = recorded.state();
        Brought brought = recorded.brought();
        BuyerView buyer =
                member == null
                        ? null
                        : new BuyerView(
                                member.id(), Balances.of(tx, member.id().uuid()), brought.tier());
        return view(
                        state.row(),
                        state.lines(),
                        awardViews(
                                tx, programs.history(tx), language(tx, member), brought.awards()),
                        buyer)
                .with(
                        recorded.vouchers().stream().map(VoucherOnOrder::of).toList(),
                        member == null ? List.of() : stampCards(tx, member.id(), brought.stamps()));
    }

    /** Who bought it, as of now; null for a receipt without a member. */
    @Nullable BuyerView buyerOf(TenantTx tx, PurchaseId id) {
        return of(tx, id).member();
    }

    /** A member with the points as they are now. */
    BuyerView member(TenantTx tx, MemberId id) {
        return new BuyerView(
                id,
                Balances.of(tx, id.uuid()),
                Tiers.of(tx, programs.history(tx), List.of(id.uuid())).get(id.uuid()));
    }

    private List<StampCardView> stampCards(TenantTx tx, MemberId member, Map<String, Long> stamps) {
        return StampCardViews.of(tx, programs.inForce(tx).program(), member, stamps);
    }

    private static Map<String, Long> stamps(TenantTx tx, MemberId member) {
        return Accounts.find(tx, member.uuid()).map(Account::stamps).orElse(Map.of());
    }

    /** Awards with their reasons in the member's language. */
    List<AwardView> awards(TenantTx tx, MemberId id, List<LedgerHistory.Entry> awards) {
        Member member = MemberDirectory.all(tx, List.of(id)).stream().findFirst().orElse(null);
        return awardViews(tx, programs.history(tx), language(tx, member), awards);
    }

    List<PurchaseView> of(TenantTx tx, List<PurchaseDao.Row> rows) {
        ProgramHistory history = programs.history(tx);
        List<PurchaseId> ids = rows.stream().map(PurchaseDao.Row::id).toList();
        Map<PurchaseId, List<PurchaseState.LineState>> lines = new PurchaseDao(tx).lines(ids);
        Map<UUID, List<LedgerHistory.Entry>> awards = new HashMap<>();
        for (LedgerHistory.Entry award :
                LedgerHistory.awards(tx, ids.stream().map(PurchaseId::uuid).toList())) {
            if (award.purchaseId() != null) {
                awards.computeIfAbsent(award.purchaseId(), id -> new ArrayList<>()).add(award);
            }
        }
        Map<UUID, Member> members = members(tx, rows);
        Map<UUID, PointsView> points = Balances.of(tx, members.keySet());
        Map<UUID, TierView> tiers = Tiers.of(tx, history, members.keySet());
        return rows.stream()
                .map(row -> {
                    Member member =
                            row.memberId() == null ? null : members.get(row.memberId().uuid());
                    return view(
                            row,
                            lines.getOrDefault(row.id(), List.of()),
                            awardViews(
                                    tx,
                                    history,
                                    language(tx, member),
                                    awards.getOrDefault(row.id().uuid(), List.of())),
                            buyer(member, points, tiers));
                })
                .toList();
    }

    private static PurchaseView view(
            PurchaseDao.Row row,
            List<PurchaseState.LineState> lines,
            List<AwardView> awards,
            @Nullable BuyerView buyer) {
        return new PurchaseView(
                row.id(),
                row.source(),
                row.orderId(),
                row.purchasedAt(),
                row.amount(),
                row.refunded(),
                lines.stream().map(LineView::of).toList(),
                row.location(),
                row.programVersion(),
                awards,
                awards.stream().mapToLong(AwardView::points).sum(),
                buyer,
                null,
                null,
                buyer == null ? row.claimCode() : null);
    }

    private static List<AwardView> awardViews(
            TenantTx tx,
            ProgramHistory history,
            Locale language,
            List<LedgerHistory.Entry> awards) {
        return awards.stream()
                .map(award ->
                        new AwardView(
                                award.points(),
                                award.rule() == null ? "" : award.rule(),
                                award.isPending(tx.now()) ? "pending" : "available",
                                award.availableAt(),
                                award.expiresAt(),
                                Why.sentence(
                                        language,
                                        history.numbered(award.programVersion()).program(),
                                        award.kind(),
                                        award.points(),
                                        award.rule(),
                                        award.inputs())))
                .toList();
    }

    private static @Nullable BuyerView buyer(
            @Nullable Member member, Map<UUID, PointsView> points, Map<UUID, TierView> tiers) {
        return member == null
                ? null
                : new BuyerView(
                        member.id(),
                        points.getOrDefault(member.id().uuid(), PointsView.NONE),
                        tiers.get(member.id().uuid()));
    }

    private static Locale language(TenantTx tx, @Nullable Member member) {
        return member == null || member.locale() == null
                ? tx.tenant().locale()
                : Locale.forLanguageTag(member.locale());
    }

    private static Map<UUID, Member> members(TenantTx tx, List<PurchaseDao.Row> rows) {
        Map<UUID, Member> members = new HashMap<>();
        List<MemberId> ids =
                rows.stream().flatMap(row -> Stream.ofNullable(row.memberId())).distinct().toList();
        MemberDirectory.all(tx, ids).forEach(member -> members.put(member.id().uuid(), member));
        return members;
    }
}
