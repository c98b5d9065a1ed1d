package io.regulars.loyalty.rewards;

import java.util.Locale;

/** What became of a voucher so far. */
enum VoucherState {
    /** Paid for, and waiting for a commit. */
    HELD,
    ISSUED,
    USED,
    CANCELLED;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static VoucherState of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
