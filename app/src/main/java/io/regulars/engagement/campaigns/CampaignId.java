package io.regulars.engagement.campaigns;

import com.fasterxml.jackson.annotation.JsonValue;
import io.regulars.platform.ids.TypeIds;
import java.util.Optional;
import java.util.UUID;

/** A campaign. */
public record CampaignId(UUID uuid) {

    static CampaignId next() {
        return new CampaignId(TypeIds.next());
    }

    public static Optional<CampaignId> parse(String text) {
        return TypeIds.parse("cmp", text).map(CampaignId::new);
    }

    @Override
    @JsonValue
    public String toString() {
        return TypeIds.format("cmp", uuid);
    }
}
