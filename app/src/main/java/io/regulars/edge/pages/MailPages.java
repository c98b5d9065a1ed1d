package io.regulars.edge.pages;

import io.dropwizard.jersey.setup.JerseyEnvironment;
import io.regulars.engagement.mail.MailAnswers;
import io.regulars.engagement.mail.NpsAnswers;
import io.regulars.engagement.tracking.AnswerLinks;
import io.regulars.engagement.tracking.UnsubscribeLinks;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantDb;
import io.regulars.tenancy.tenants.TenantDirectory;

/**
 * The pages that mails to members lead to.
 *
 * @param guard counts the forms
 */
public record MailPages(
        Pages pages,
        FormGuard guard,
        UnsubscribeLinks unsubscribeLinks,
        AnswerLinks answerLinks,
        MailAnswers mailAnswers,
        TenantDirectory directory,
        TenantDb tenants,
        Programs programs) {

    public void register(JerseyEnvironment jersey) {
        jersey.register(
                new OffersPage(
                        pages,
                        unsubscribeLinks,
                        mailAnswers.stopAdvertising(),
                        directory,
                        tenants,
                        programs,
                        guard));
        jersey.register(new FollowPage(pages, mailAnswers.followLink()));
        jersey.register(
                new NpsPage(
                        pages,
                        answerLinks,
                        directory,
                        tenants,
                        programs,
                        new NpsAnswers(tenants, programs),
                        guard));
        jersey.register(new TermsPage(pages, directory, tenants, programs));
    }
}
