package io.regulars.loyalty.purchases;

import io.regulars.loyalty.ledger.Account;
import io.regulars.loyalty.ledger.Accounts;
import io.regulars.loyalty.ledger.Balances;
import io.regulars.loyalty.ledger.EntryKind;
import io.regulars.loyalty.ledger.LedgerHistory;
import io.regulars.loyalty.ledger.Lot;
import io.regulars.loyalty.ledger.PointsView;
import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.program.ProgramHistory;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.program.Why;
import io.regulars.loyalty.rewards.OrderVouchers;
import io.regulars.loyalty.rewards.OrderVouchers.OrderKey;
import io.regulars.loyalty.stampcards.StampCardViews;
import io.regulars.loyalty.stampcards.StampCardViews.StampCardView;
import io.regulars.loyalty.tiers.TierView;
import io.regulars.loyalty.tiers.Tiers;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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

    /**
     * A purchase.
     *
     * @param updatedAt when it was recorded, claimed or refunded last, or went to another member
     * @param pointsReversed what refunds have called back of the points earned, whether or not the
     *     member still had them
     * @param vouchers those it has used and that have not come back since
     */
    record PurchaseView(
            PurchaseId id,
            String source,
            String orderId,
            Instant purchasedAt,
            Instant updatedAt,
            long amount,
            long refunded,
            List<LineView> lines,
            @Nullable String location,
            int programVersion,
            List<AwardView> awards,
            long pointsEarned,
            long pointsReversed,
            @Nullable BuyerView member,
            @Nullable List<StampCardView> stampCards,
            @Nullable List<VoucherOnOrder> vouchers,
            @Nullable String claimCode) {}

    /**
     * A voucher that the purchase has used.
     *
     * @param discount what it took off, in minor units
     */
    record VoucherOnOrder(String code, String reward, long discount) {

        /** In an order that is the same whenever it is asked for. */
        static List<VoucherOnOrder> byCode(List<OrderVouchers.Used> used) {
            return used.stream()
                    .map(VoucherOnOrder::of)
                    .sorted(Comparator.comparing(VoucherOnOrder::code))
                    .toList();
        }

        private static VoucherOnOrder of(OrderVouchers.Used used) {
            return new VoucherOnOrder(used.code(), used.reward(), used.discount());
        }
    }

    /**
     * A line.
     *
     * @param refunded what has been refunded of its amount
     * @param returned how many of its items refunds said came back; absent: none said so
     */
    record LineView(
            String lineId,
            @Nullable String sku,
            @Nullable String category,
            int quantity,
            long amount,
            long refunded,
            @Nullable Integer returned) {

        static LineView of(PurchaseState.LineState state) {
            NewPurchase.Line line = state.line();
            return new LineView(
                    line.lineId(),
                    line.sku(),
                    line.category(),
                    line.quantity(),
                    line.amount(),
                    state.refunded(),
                    state.returned().items() == 0 ? null : state.returned().items());
        }
    }

    /**
     * An award.
     *
     * @param pointsReversed what refunds have called back of the points, whether or not the member
     *     still had them
     * @param status pending, available, reversed once all of it was called back, or expired
     * @param expiresAt exclusive; where inactivity ends points it moves on with what the member
     *     does. Absent: never, or nothing is left that could end
     * @param why the reason, in the member's language
     */
    record AwardView(
            long points,
            long pointsReversed,
            String rule,
            String status,
            @Nullable Instant availableAt,
            @Nullable Instant expiresAt,
            String why) {}

    /** The buyer, with the points as they are now. */
    record BuyerView(MemberId id, PointsView points, @Nullable TierView tier) {}

    /** One purchase as it is now. */
    PurchaseView of(TenantTx tx, PurchaseId id) {
        return of(tx, List.of(new PurchaseDao(tx).find(id).orElseThrow())).getFirst();
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
                        tx,
                        programs.history(tx),
                        language(tx, member),
                        brought.awards(),
                        brought.pointsEnd()),
                buyer,
                member == null ? List.of() : stampCards(tx, member.id(), brought.stamps()),
                recorded.vouchers());
    }

    /** Who bought it, as of now; null for a receipt without a member. */
    @Nullable BuyerView buyerOf(TenantTx tx, PurchaseId id) {
        MemberId buyer = new PurchaseDao(tx).find(id).orElseThrow().memberId();
        return buyer == null ? null : member(tx, buyer);
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

    /** Awards with their reasons in the member's language. */
    List<AwardView> awards(TenantTx tx, MemberId id, List<Lot> awards) {
        Member member = MemberDirectory.all(tx, List.of(id)).stream().findFirst().orElse(null);
        return awardViews(
                tx,
                programs.history(tx),
                language(tx, member),
                awards,
                Accounts.find(tx, id.uuid()).map(Account::expiresAt).orElse(null));
    }

    /** These purchases as they are now, all that one of them says in as many queries as a page. */
    List<PurchaseView> of(TenantTx tx, List<PurchaseDao.Row> rows) {
        ProgramHistory history = programs.history(tx);
        List<PurchaseId> ids = rows.stream().map(PurchaseDao.Row::id).toList();
        Map<PurchaseId, List<PurchaseState.LineState>> lines = new PurchaseDao(tx).lines(ids);
        Map<UUID, List<Lot>> awards = awards(tx, ids);
        Map<UUID, Member> members = members(tx, rows);
        Map<UUID, Account> accounts = Accounts.of(tx, members.keySet());
        Map<UUID, PointsView> points = Balances.of(tx, members.keySet());
        Map<UUID, TierView> tiers = Tiers.of(tx, history, members.keySet());
        Map<UUID, List<StampCardView>> cards = stampCards(tx, accounts);
        Map<OrderKey, List<OrderVouchers.Used>> vouchers =
                OrderVouchers.of(tx, rows.stream().map(PurchaseViews::key).toList());
        return rows.stream()
                .map(row -> {
                    Member member =
                            row.memberId() == null ? null : members.get(row.memberId().uuid());
                    Account account = member == null ? null : accounts.get(member.id().uuid());
                    return view(
                            row,
                            lines.getOrDefault(row.id(), List.of()),
                            awardViews(
                                    tx,
                                    history,
                                    language(tx, member),
                                    awards.getOrDefault(row.id().uuid(), List.of()),
                                    account == null ? null : account.expiresAt()),
                            buyer(member, points, tiers),
                            account == null
                                    ? List.of()
                                    : cards.getOrDefault(account.memberId(), List.of()),
                            vouchers.getOrDefault(key(row), List.of()));
                })
                .toList();
    }

    private static Map<UUID, List<Lot>> awards(TenantTx tx, List<PurchaseId> purchases) {
        Map<UUID, List<Lot>> awards = new HashMap<>();
        for (Lot award :
                LedgerHistory.awards(tx, purchases.stream().map(PurchaseId::uuid).toList())) {
            if (award.purchaseId() != null) {
                awards.computeIfAbsent(award.purchaseId(), id -> new ArrayList<>()).add(award);
            }
        }
        return awards;
    }

    private Map<UUID, List<StampCardView>> stampCards(TenantTx tx, Map<UUID, Account> accounts) {
        Map<UUID, Map<String, Long>> stamps = new HashMap<>();
        accounts.forEach((member, account) -> stamps.put(member, account.stamps()));
        return StampCardViews.of(tx, programs.inForce(tx).program(), stamps);
    }

    private static OrderKey key(PurchaseDao.Row row) {
        return new OrderKey(row.source(), row.orderId());
    }

    private static PurchaseView view(
            PurchaseDao.Row row,
            List<PurchaseState.LineState> lines,
            List<AwardView> awards,
            @Nullable BuyerView buyer,
            List<StampCardView> cards,
            List<OrderVouchers.Used> vouchers) {
        return new PurchaseView(
                row.id(),
                row.source(),
                row.orderId(),
                row.purchasedAt(),
                row.updatedAt(),
                row.amount(),
                row.refunded(),
                lines.stream().map(LineView::of).toList(),
                row.location(),
                row.programVersion(),
                awards,
                awards.stream().mapToLong(AwardView::points).sum(),
                awards.stream().mapToLong(AwardView::pointsReversed).sum(),
                buyer,
                cards,
                vouchers.isEmpty() ? null : VoucherOnOrder.byCode(vouchers),
                buyer == null ? row.claimCode() : null);
    }

    private static List<AwardView> awardViews(
            TenantTx tx,
            ProgramHistory history,
            Locale language,
            List<Lot> awards,
            @Nullable Instant pointsEnd) {
        return awards.stream()
                .map(award ->
                        new AwardView(
                                award.points(),
                                award.reversed(),
                                award.rule() == null ? "" : award.rule(),
                                award.status(tx.now()),
                                award.availableAt(),
                                award.shownEnd(pointsEnd),
                                Why.sentence(
                                        language,
                                        history.numbered(award.programVersion()).program(),
                                        EntryKind.EARN.key(),
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
