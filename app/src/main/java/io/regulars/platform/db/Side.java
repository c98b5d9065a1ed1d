package io.regulars.platform.db;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** A tenant's live data, or its test data in a second schema with a clock of its own. */
public enum Side {
    LIVE,
    TEST;

    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Side of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
