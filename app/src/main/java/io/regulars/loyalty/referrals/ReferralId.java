package io.regulars.loyalty.referrals;

import com.fasterxml.jackson.annotation.JsonValue;
import io.regulars.platform.ids.TypeIds;
import java.util.UUID;

/** One friend that a member brought. */
record ReferralId(UUID uuid) {

    static ReferralId next() {
        return new ReferralId(TypeIds.next());
    }

    @Override
    @JsonValue
    public String toString() {
        return TypeIds.format("rfl", uuid);
    }
}
