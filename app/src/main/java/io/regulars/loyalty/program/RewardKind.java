package io.regulars.loyalty.program;

/** What a reward is. */
public enum RewardKind {
    FREE_PRODUCT,
    AMOUNT_OFF,
    PERCENT_OFF,
    FREE_SHIPPING,
    EXPERIENCE,
    GIFT
}
