package io.regulars.engagement.campaigns;

import io.regulars.engagement.mail.Messages.MessageClass;
import io.regulars.platform.db.TenantTx;
import java.util.List;

/** Members whose tier rose or fell. */
final class TierChangedCampaign implements EventKind {

    @Override
    public Campaign.Kind key() {
        return Campaign.Kind.TIER_CHANGED;
    }

    @Override
    public String message() {
        return "tier_changed";
    }

    @Override
    public String event() {
        return "tier.changed";
    }

    @Override
    public MessageClass messageClass(Campaign.Definition definition) {
        return MessageClass.SERVICE;
    }

    @Override
    public boolean takesOffer() {
        return false;
    }

    @Override
    public List<Due> answers(TenantTx tx, Campaign campaign, List<Happened> events) {
        return events.stream().flatMap(event -> event.due().stream()).toList();
    }
}
