package io.regulars.loyalty.ledger;

import java.util.Locale;

/** What a row of the ledger says happened. */
public enum EntryKind {
    EARN,
    REDEEM,
    RETURN,
    REVERSE,
    EXPIRE,
    ADJUST,
    OPENING,
    MERGE;

    /** As it is stored and shown. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
