package io.regulars.engagement.mail;

import com.codahale.metrics.MetricRegistry;
import io.regulars.engagement.law.MailLaws;
import io.regulars.loyalty.members.MemberLinks;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.templates.Templates;
import io.regulars.platform.time.Clock;
import io.regulars.platform.work.LaneWork;
import io.regulars.platform.work.Lanes;
import io.regulars.tenancy.tenants.ChecklistSource;
import io.regulars.tenancy.tenants.TenantDirectory;
import java.util.List;

/** Makes what sends mail to members, and what they answer by its links. */
public final class MailModule {

    private final SendMessages sendMessages;
    private final Rehearsal rehearsal;
    private final MailAnswers mailAnswers;
    private final ChecklistSource checklist;
    private final List<Object> endpoints;

    /** What the room takes from outside. */
    public record Outside(
            TenantDb tenants,
            TenantDirectory directory,
            Programs programs,
            Templates templates,
            MailLaws laws,
            MailLinks links,
            MemberLinks memberLinks,
            Clock clock,
            MetricRegistry metrics,
            MailLimit mailLimit,
            FirstSends firstSends) {}

    public MailModule(Outside outside, Sender sender) {
        Composer composer =
                new Composer(
                        outside.templates(),
                        outside.programs(),
                        outside.laws(),
                        outside.links(),
                        outside.memberLinks(),
                        sender);
        this.mailAnswers =
                MailAnswers.of(
                        outside.tenants(), outside.directory(), outside.laws(), outside.links());
        this.sendMessages =
                new SendMessages(
                        outside.tenants(),
                        outside.directory(),
                        outside.clock(),
                        composer,
                        sender,
                        outside.metrics(),
                        new SendMessages.Limits(outside.mailLimit(), outside.firstSends()));
        this.checklist = new NewShop(outside.tenants(), outside.directory(), outside.firstSends());
        this.rehearsal = new Rehearsal(composer, sender, outside.firstSends());
        this.endpoints =
                List.of(
                        new MessageResource(outside.tenants(), composer),
                        new MemberMessagesResource(outside.tenants()),
                        new SuppressionResource(outside.tenants()));
    }

    public LaneWork sendMessages() {
        return sendMessages;
    }

    /** What has mail leave at once, and so wakes those who send it. */
    public static List<Object> endpoints(TenantDb tenants, Lanes lanes) {
        return List.of(
                new TransactionalEmailResource(tenants, lanes),
                new RetryMessageResource(tenants, lanes));
    }

    public Rehearsal rehearsal() {
        return rehearsal;
    }

    public MailAnswers mailAnswers() {
        return mailAnswers;
    }

    /** What a new shop is told of its first mails. */
    public ChecklistSource checklist() {
        return checklist;
    }

    public List<Object> endpoints() {
        return endpoints;
    }
}
