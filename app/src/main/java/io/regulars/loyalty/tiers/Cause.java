package io.regulars.loyalty.tiers;

import java.util.Locale;

/** Why tiers are looked at. */
public enum Cause {
    /** Something that counts was earned or bought, now or earlier. */
    PURCHASE,
    /** What counted was taken back. */
    REFUND,
    /** The night's judgement. */
    TIME,
    /** Another version of the program took effect. */
    PROGRAM;

    /** As events name it. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
