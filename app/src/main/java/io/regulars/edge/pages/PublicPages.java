package io.regulars.edge.pages;

import io.dropwizard.jersey.setup.JerseyEnvironment;
import io.regulars.engagement.mail.MailAnswers;
import io.regulars.engagement.mail.NpsAnswers;
import io.regulars.engagement.tracking.AnswerLinks;
import io.regulars.engagement.tracking.UnsubscribeLinks;
import io.regulars.loyalty.presets.Presets;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantDb;
import io.regulars.tenancy.access.ResetPassword;
import io.regulars.tenancy.signups.SignUp;
import io.regulars.tenancy.signups.VerifySignup;
import io.regulars.tenancy.tenants.TenantDirectory;
import io.regulars.tenancy.users.AcceptInvitation;
import io.regulars.tenancy.users.ChangeEmail;
import java.net.URI;

/**
 * The room's endpoints.
 *
 * @param guard counts the forms
 * @param inbox whether there is an inbox to link to
 */
public record PublicPages(
        Pages pages,
        SignUp signUp,
        Presets presets,
        VerifySignup verifySignup,
        ResetPassword resetPassword,
        MailAnswers mailAnswers,
        AcceptInvitation acceptInvitation,
        ChangeEmail changeEmail,
        MemberAnswers joins,
        UnsubscribeLinks unsubscribeLinks,
        TenantDirectory directory,
        TenantDb tenants,
        Programs programs,
        AnswerLinks answerLinks,
        FormGuard guard,
        URI publicUrl,
        boolean inbox) {

    public void register(JerseyEnvironment jersey) {
        jersey.register(new HtmlFaultsFilter(pages));
        jersey.register(new WelcomePage(pages, inbox));
        jersey.register(new OpenShopPage(pages, signUp, presets, inbox));
        jersey.register(new SignupPage(pages, verifySignup, joins, publicUrl));
        jersey.register(new PasswordPage(pages, resetPassword));
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
        jersey.register(new InvitationPage(pages, acceptInvitation));
        jersey.register(new EmailChangePage(pages, changeEmail));
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
