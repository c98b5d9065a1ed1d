package io.regulars.loyalty.stampcards;

import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.program.LocalText;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Reward;
import io.regulars.loyalty.rewards.Vouchers;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.ids.TypeIds;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A member's cards, as they are shown. */
public final class StampCardViews {

    private StampCardViews() {}

    /**
     * A card.
     *
     * @param stamps on the card now; below zero after a refund whose voucher was used already
     * @param needed how many make it full
     * @param reward the key of what it gives then
     * @param vouchers what full cards gave and can be used now
     */
    public record StampCardView(
            String key,
            LocalText name,
            long stamps,
            int needed,
            String reward,
            List<CardVoucher> vouchers) {}

    /** A voucher from a full card. */
    public record CardVoucher(String id, String code, @Nullable Instant expiresAt) {}

    /**
     * All cards of the program.
     *
     * @param stamps of the member's account
     */
    public static List<StampCardView> of(
            TenantTx tx, Program program, MemberId member, Map<String, Long> stamps) {
        return of(tx, program, Map.of(member.uuid(), stamps))
                .getOrDefault(member.uuid(), List.of());
    }

    /**
     * The cards of each of these members.
     *
     * @param stamps of each member's account
     */
    public static Map<UUID, List<StampCardView>> of(
            TenantTx tx, Program program, Map<UUID, Map<String, Long>> stamps) {
        if (program.stampCards().isEmpty() || stamps.isEmpty()) {
            return Map.of();
        }
        Map<UUID, List<Vouchers.Usable>> usable =
                Vouchers.usable(tx, stamps.keySet(), Vouchers.STAMP_CARD);
        Map<UUID, List<StampCardView>> cards = new HashMap<>();
        stamps.forEach((member, own) ->
                cards.put(
                        member,
                        program.stampCards().stream()
                                .map(card ->
                                        view(
                                                program,
                                                card,
                                                own,
                                                usable.getOrDefault(member, List.of())))
                                .toList()));
        return cards;
    }

    private static StampCardView view(
            Program program,
            Program.StampCard card,
            Map<String, Long> stamps,
            List<Vouchers.Usable> usable) {
        return new StampCardView(
                card.key(),
                name(program, card),
                stamps.getOrDefault(card.key(), 0L),
                card.buys(),
                card.reward(),
                usable.stream()
                        .filter(voucher -> voucher.reward().equals(card.reward()))
                        .map(v ->
                                new CardVoucher(
                                        TypeIds.format("vch", v.id()), v.code(), v.expiresAt()))
                        .toList());
    }

    /** A card without a name is called like its reward. */
    private static LocalText name(Program program, Program.StampCard card) {
        return Optional.ofNullable(card.name())
                .or(() -> program.reward(card.reward()).map(Reward::name))
                .orElseGet(() -> LocalText.of(card.key()));
    }
}
