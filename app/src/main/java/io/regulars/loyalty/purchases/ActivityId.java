package io.regulars.loyalty.purchases;

import com.fasterxml.jackson.annotation.JsonValue;
import io.regulars.platform.ids.TypeIds;
import java.util.UUID;

/** A recorded activity. */
record ActivityId(UUID uuid) {

    static ActivityId next() {
        return new ActivityId(TypeIds.next());
    }

    /** Under which its awards are kept: each rule pays once for it. */
    String occurrence() {
        return "activity:" + uuid;
    }

    @Override
    @JsonValue
    public String toString() {
        return TypeIds.format("act", uuid);
    }
}
