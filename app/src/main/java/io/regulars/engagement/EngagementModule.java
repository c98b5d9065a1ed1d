package io.regulars.engagement;

import io.regulars.engagement.campaigns.CampaignsModule;
import io.regulars.engagement.campaigns.PlanCampaigns;
import io.regulars.engagement.churn.FitChurn;
import io.regulars.engagement.law.MailLaws;
import io.regulars.engagement.mail.MailAnswers;
import io.regulars.engagement.mail.MailModule;
import io.regulars.engagement.mail.MemberMessagesResource;
import io.regulars.engagement.mail.MessageResource;
import io.regulars.engagement.mail.Messages;
import io.regulars.engagement.mail.MessagesOfMember;
import io.regulars.engagement.mail.RetryMessageResource;
import io.regulars.engagement.mail.Sender;
import io.regulars.engagement.mail.SuppressionResource;
import io.regulars.engagement.mail.TransactionalEmailResource;
import io.regulars.engagement.returns.RelayEventsResource;
import io.regulars.engagement.returns.ReturnsModule;
import io.regulars.engagement.segments.EditSegments;
import io.regulars.engagement.segments.SegmentResource;
import io.regulars.engagement.segments.Segments;
import io.regulars.engagement.senderdomain.SenderDomainResource;
import io.regulars.engagement.webhooks.DeliverWebhooks;
import io.regulars.engagement.webhooks.DeliveryResource;
import io.regulars.engagement.webhooks.EndpointResource;
import io.regulars.engagement.webhooks.EventResource;
import io.regulars.engagement.webhooks.WebhooksModule;
import io.regulars.loyalty.members.Belongings;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.jobs.TickJob;
import io.regulars.platform.smtp.InboundServer;
import io.regulars.platform.work.LaneWorkers;
import io.regulars.platform.work.Lanes;
import io.regulars.tenancy.accountmail.Letter;
import io.regulars.tenancy.tenants.ChecklistSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes what the storey consists of: campaigns, mail, segments, webhooks, returns. Its lanes do the
 * work; its jobs only say for which shops there is some.
 */
public final class EngagementModule {

    /** The queue in which campaigns are planned. */
    public static final String CAMPAIGNS_QUEUE = PlanCampaigns.QUEUE;

    /** The queue in which mail to members is sent. */
    public static final String MAIL_QUEUE = Messages.QUEUE;

    /** The queue in which webhooks are sent. */
    public static final String WEBHOOKS_QUEUE = DeliverWebhooks.QUEUE;

    private static final int PLANNERS = 2;
    private static final int SENDERS = 4;

    /** All arithmetic, at night; more would take the processors from the tills. */
    private static final int FITTERS = 1;

    /** They wait for others most of the time, and a shop whose endpoint hangs holds one of them. */
    private static final int CALLERS = 16;

    /** How many calls to webhooks run side by side when each of those who call makes its most. */
    public static final int WEBHOOK_CALLS_AT_ONCE = CALLERS * DeliverWebhooks.CALLS_AT_ONCE;

    private final TenantDb tenants;
    private final Lanes lanes;
    private final Programs programs;
    private final CampaignsModule campaigns;
    private final MailModule mail;
    private final WebhooksModule webhooks;
    private final ReturnsModule returns;
    private final SenderDomainResource senderDomain;

    public EngagementModule(
            CampaignsModule.Outside campaignsOutside,
            MailModule.Outside mailOutside,
            Sender sender,
            WebhooksModule.Outside webhooksOutside,
            ReturnsModule.Outside returnsOutside,
            SenderDomainResource senderDomain) {
        this.tenants = campaignsOutside.tenants();
        this.lanes = campaignsOutside.lanes();
        this.programs = campaignsOutside.programs();
        this.mail = new MailModule(mailOutside, sender);
        this.campaigns = new CampaignsModule(campaignsOutside, mail.rehearsal());
        this.webhooks = new WebhooksModule(webhooksOutside);
        this.senderDomain = senderDomain;
        this.returns = new ReturnsModule(returnsOutside, mail.mailAnswers().stopAdvertising());
    }

    /** What members have in this storey. */
    public static List<Belongings> belongings(MailLaws laws) {
        return List.of(new MessagesOfMember(laws));
    }

    public void work(LaneWorkers workers) {
        workers.register(campaigns.planner(), PLANNERS);
        workers.register(mail.sendMessages(), SENDERS);
        workers.register(new FitChurn(tenants), FITTERS);
        workers.register(webhooks.deliverWebhooks(), CALLERS);
    }

    /** Lets go the mail that a shop held back by its emergency switch. */
    public void release(TenantRef side) {
        tenants.run(side, tx -> Messages.release(tx, null));
        lanes.note(Messages.QUEUE, side);
    }

    /** The kinds of mail to people who run shops that are written here. */
    public List<Letter> letters() {
        return List.of(webhooks.letter(), returns.letter());
    }

    /** Which rewards campaigns give that run, or may go on; by reward, the campaign's name. */
    public Map<String, String> rewardsInUse(TenantTx tx) {
        return CampaignsModule.rewardsInUse(tx);
    }

    /** Takes in what comes back by mail. */
    public InboundServer.Receiver receiver() {
        return returns.receiver();
    }

    /** Takes what members answer to mails, by the links in them. */
    public MailAnswers mailAnswers() {
        return mail.mailAnswers();
    }

    public List<ChecklistSource> checklist() {
        return List.of(campaigns.checklist(), mail.checklist());
    }

    public List<TickJob> jobs() {
        return campaigns.jobs();
    }

    /** The storey's endpoints, for the OpenAPI document. */
    public static Set<Class<?>> resources() {
        Set<Class<?>> all =
                new HashSet<>(
                        Set.of(
                                SegmentResource.class,
                                MessageResource.class,
                                SuppressionResource.class,
                                SenderDomainResource.class,
                                RelayEventsResource.class,
                                MemberMessagesResource.class,
                                TransactionalEmailResource.class,
                                RetryMessageResource.class,
                                EndpointResource.class,
                                DeliveryResource.class,
                                EventResource.class));
        all.addAll(CampaignsModule.resources());
        return all;
    }

    public List<Object> endpoints() {
        List<Object> endpoints = new ArrayList<>(mail.endpoints());
        endpoints.addAll(MailModule.endpoints(tenants, lanes));
        endpoints.addAll(campaigns.endpoints());
        endpoints.add(new SegmentResource(new EditSegments(tenants, new Segments(programs))));
        endpoints.addAll(webhooks.endpoints());
        endpoints.addAll(returns.endpoints());
        endpoints.add(senderDomain);
        return endpoints;
    }
}
