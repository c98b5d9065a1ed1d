package io.regulars.edge.card;

import io.dropwizard.jersey.setup.JerseyEnvironment;
import io.regulars.edge.pages.FormGuard;
import io.regulars.edge.pages.Pages;
import io.regulars.engagement.tracking.UnsubscribeLinks;
import io.regulars.loyalty.members.MemberLinks;
import io.regulars.loyalty.members.OwnCard;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.rewards.Wallet;
import io.regulars.platform.db.TenantDb;
import io.regulars.tenancy.tenants.TenantDirectory;

/** The room's endpoints, and what they need from outside. */
public record CardModule(
        TenantDirectory directory,
        TenantDb tenants,
        Programs programs,
        MemberLinks links,
        UnsubscribeLinks unsubscribeLinks,
        OwnCard ownCard,
        Wallet wallet) {

    public void register(JerseyEnvironment jersey, Pages pages, FormGuard guard) {
        Cards cards = new Cards(directory, tenants, programs, links);
        CardModel models = new CardModel(programs, wallet, links, unsubscribeLinks);
        jersey.register(new CardPage(pages, cards, models, ownCard, guard));
        jersey.register(new CardDownload(cards, ownCard));
    }
}
