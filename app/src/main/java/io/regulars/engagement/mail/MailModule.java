package io.regulars.engagement.mail;

import com.codahale.metrics.MetricRegistry;
import io.regulars.engagement.law.MailLaws;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.templates.Templates;
import io.regulars.platform.time.Clock;
import io.regulars.platform.work.LaneWork;
import io.regulars.tenancy.tenants.TenantDirectory;
import java.util.List;

/** The room's objects. */
public final class MailModule {

    private final SendMessages sendMessages;
    private final Rehearsal rehearsal;
    private final MemberAnswers memberAnswers;
    private final List<Object> endpoints;

    /** What the room takes from outside. */
    public record Outside(
            TenantDb tenants,
            TenantDirectory directory,
            Programs programs,
            Templates templates,
            MailLaws laws,
            MemberLinks links,
            Clock clock,
            MetricRegistry metrics) {}

    public MailModule(Outside outside, Sender sender) {
        Composer composer =
                new Composer(
                        outside.templates(),
                        outside.programs(),
                        outside.laws(),
                        outside.links(),
                        sender);
        this.memberAnswers =
                MemberAnswers.of(
                        outside.tenants(), outside.directory(), outside.laws(), outside.links());
        this.sendMessages =
                new SendMessages(
                        outside.tenants(),
                        outside.directory(),
                        outside.clock(),
                        composer,
                        sender,
                        outside.metrics());
        this.rehearsal = new Rehearsal(composer, sender);
        this.endpoints =
                List.of(
                        new MessageResource(outside.tenants(), composer),
                        new MemberMessagesResource(outside.tenants()),
                        new SuppressionResource(outside.tenants()));
    }

    public LaneWork sendMessages() {
        return sendMessages;
    }

    public Rehearsal rehearsal() {
        return rehearsal;
    }

    public MemberAnswers memberAnswers() {
        return memberAnswers;
    }

    public List<Object> endpoints() {
        return endpoints;
    }
}
