package io.regulars.engagement.campaigns;

import io.regulars.loyalty.program.Programs;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** All kinds of campaigns. */
final class CampaignKinds {

    private final Map<Campaign.Kind, CampaignKind> kinds = new EnumMap<>(Campaign.Kind.class);

    CampaignKinds(Programs programs) {
        List.of(
                        new PointsExpiringCampaign(programs),
                        new BirthdayCampaign(),
                        new AnniversaryCampaign(),
                        new MonthlyProgressCampaign(),
                        new WinBackCampaign())
                .forEach(kind -> kinds.put(kind.key(), kind));
    }

    CampaignKind of(Campaign campaign) {
        return of(campaign.kind());
    }

    CampaignKind of(Campaign.Kind kind) {
        return Objects.requireNonNull(kinds.get(kind), kind::name);
    }
}
