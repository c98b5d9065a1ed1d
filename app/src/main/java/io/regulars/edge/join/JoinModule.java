package io.regulars.edge.join;

import io.dropwizard.jersey.setup.JerseyEnvironment;
import io.regulars.edge.pages.FormGuard;
import io.regulars.edge.pages.MemberAnswers;
import io.regulars.edge.pages.Pages;
import io.regulars.engagement.law.MailLaws;
import io.regulars.loyalty.members.JoinProgram;
import io.regulars.loyalty.members.MemberLinks;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.rewards.Wallet;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.time.Clock;
import io.regulars.platform.work.Lanes;
import io.regulars.tenancy.tenants.TenantDirectory;

/** Makes the pages on which somebody becomes a member. */
public final class JoinModule {

    private final Pages pages;
    private final Outside outside;
    private final FormGuard guard;
    private final Doors doors;
    private final JoinModel models = new JoinModel(new MailLaws());

    /** What the room takes from outside. */
    public record Outside(
            TenantDirectory directory,
            TenantDb tenants,
            Programs programs,
            JoinProgram joinProgram,
            MemberLinks links,
            Wallet wallet,
            Lanes lanes,
            Clock clock) {}

    public JoinModule(Pages pages, FormGuard guard, Outside outside) {
        this.pages = pages;
        this.guard = guard;
        this.outside = outside;
        this.doors = new Doors(outside.directory(), outside.tenants(), outside.programs());
    }

    /** What answers to the links in confirmation mails. */
    public MemberAnswers confirmations() {
        return new ConfirmJoinPage(
                pages,
                doors,
                models,
                new ConfirmJoinPage.Joining(
                        outside.joinProgram(), outside.links(), outside.wallet()),
                outside.clock());
    }

    public void register(JerseyEnvironment jersey) {
        Shopfront shopfront = new Shopfront(pages, doors, guard);
        jersey.register(
                new JoinPage(shopfront, doors, models, outside.joinProgram(), outside.lanes()));
        jersey.register(new LostCardPage(shopfront, doors, models, outside.lanes()));
        jersey.register(new PosterPage(shopfront, models));
        jersey.register(new JoinQr(doors, outside.links()));
        jersey.register(new ReferralPage(pages));
    }
}
