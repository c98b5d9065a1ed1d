package io.regulars.loyalty.program;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that members can get.
 *
 * @param percent for {@code percent_off}
 * @param amount for {@code amount_off}, in minor units
 * @param sku for {@code free_product}
 * @param costPoints what it costs; absent or 0: it is only granted, never redeemed
 * @param minBasket what the basket must come to, in minor units
 * @param minOtherItems how many other items must lie in the basket
 * @param stock how many there are in all; absent: without end
 * @param perMember how often one member may have it; absent: without end
 * @param tiers whose members may have it; empty: all
 * @param validDays how many days a voucher holds from its issue; absent: without end
 * @param reusable whether a voucher can be used for any number of orders until it ends
 * @param value what it is worth to the member, in minor units, where the kind does not say so
 * @param cost what it costs the shop, in minor units, for reports
 */
public record Reward(
        String key,
        LocalText name,
        RewardKind kind,
        @Nullable Integer percent,
        @Nullable Long amount,
        @Nullable String sku,
        @Nullable Long costPoints,
        @Nullable Long minBasket,
        @Nullable Integer minOtherItems,
        @Nullable Long stock,
        @Nullable Integer perMember,
        @Nullable List<String> tiers,
        @Nullable Integer validDays,
        @Nullable Boolean reusable,
        @Nullable LocalText description,
        @Nullable Long value,
        @Nullable Long cost) {

    /** Whether points buy it. */
    public boolean isRedeemable() {
        return costPoints != null && costPoints > 0;
    }

    /** Whether a voucher of it outlives its first order. */
    public boolean isReusable() {
        return Boolean.TRUE.equals(reusable);
    }

    public List<String> tierKeys() {
        return Parts.of(tiers);
    }
}
