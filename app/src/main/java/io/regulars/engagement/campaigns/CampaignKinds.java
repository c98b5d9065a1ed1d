package io.regulars.engagement.campaigns;

import io.regulars.loyalty.program.Programs;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** All kinds of campaigns. */
final class CampaignKinds {

    private final Map<Campaign.Kind, CampaignKind> kinds = new EnumMap<>(Campaign.Kind.class);

    CampaignKinds(Programs programs) {
        List.of(
                        new PointsExpiringCampaign(programs),
                        new BirthdayCampaign(),
                        new AnniversaryCampaign(),
                        new MonthlyProgressCampaign(),
                        new WinBackCampaign(),
                        new WelcomeCampaign(),
                        new ThankYouCampaign(),
                        new TierChangedCampaign(),
                        new NpsCampaign(),
                        new BroadcastCampaign())
                .forEach(kind -> kinds.put(kind.key(), kind));
    }

    /** The types of the events that these campaigns answer to. */
    Set<String> awaited(List<Campaign> campaigns) {
        return campaigns.stream()
                .flatMap(campaign -> answering(campaign).stream())
                .map(EventKind::event)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Its kind, if it is one that answers to events. */
    Optional<EventKind> answering(Campaign campaign) {
        return of(campaign) instanceof EventKind kind ? Optional.of(kind) : Optional.empty();
    }

    CampaignKind of(Campaign campaign) {
        return of(campaign.kind());
    }

    CampaignKind of(Campaign.Kind kind) {
        return Objects.requireNonNull(kinds.get(kind), kind::name);
    }
}
