package io.regulars.engagement.campaigns;

import com.fasterxml.jackson.annotation.JsonValue;
import io.regulars.platform.ids.TypeIds;
import java.util.UUID;

/** One pass of a campaign over the members of a time zone for a local day. */
record RunId(UUID uuid) {

    static RunId next() {
        return new RunId(TypeIds.next());
    }

    @Override
    @JsonValue
    public String toString() {
        return TypeIds.format("run", uuid);
    }
}
