package io.regulars.engagement.campaigns;

import io.regulars.engagement.mail.Messages.MessageClass;
import io.regulars.platform.db.TenantTx;
import java.util.List;

/**
 * Who has just joined. Without an offer it tells members what they have asked for, and is no
 * advertising.
 */
final class WelcomeCampaign implements EventKind {

    @Override
    public Campaign.Kind key() {
        return Campaign.Kind.WELCOME;
    }

    @Override
    public String message() {
        return "welcome";
    }

    @Override
    public String event() {
        return "member.created";
    }

    @Override
    public MessageClass messageClass(Campaign.Definition definition) {
        return definition.offer() == null ? MessageClass.SERVICE : MessageClass.ADVERTISING;
    }

    @Override
    public List<Due> answers(TenantTx tx, Campaign campaign, List<Happened> events) {
        return events.stream().flatMap(event -> event.due().stream()).toList();
    }
}
