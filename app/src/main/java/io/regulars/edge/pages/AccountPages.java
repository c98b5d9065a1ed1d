package io.regulars.edge.pages;

import io.dropwizard.jersey.setup.JerseyEnvironment;
import io.regulars.loyalty.presets.Presets;
import io.regulars.tenancy.TenancyModule;
import io.regulars.tenancy.access.ResetPassword;
import io.regulars.tenancy.signups.SignUp;
import io.regulars.tenancy.signups.VerifySignup;
import io.regulars.tenancy.users.AcceptInvitation;
import io.regulars.tenancy.users.ChangeEmail;
import java.net.URI;

/**
 * The pages for whoever opens a shop or works in one.
 *
 * @param joins answers the links of join pages, which look like those of signups
 * @param inbox whether there is an inbox to link to
 */
public record AccountPages(
        Pages pages,
        People people,
        Presets presets,
        MemberAnswers joins,
        URI publicUrl,
        boolean inbox) {

    /** What people do with their accounts. */
    public record People(
            SignUp signUp,
            VerifySignup verifySignup,
            ResetPassword resetPassword,
            AcceptInvitation acceptInvitation,
            ChangeEmail changeEmail) {

        public static People of(TenancyModule tenancy, Presets presets) {
            return new People(
                    tenancy.signUp(presets::knows),
                    tenancy.verifySignup(),
                    tenancy.resetPassword(),
                    tenancy.acceptInvitation(),
                    tenancy.changeEmail());
        }
    }

    public void register(JerseyEnvironment jersey) {
        jersey.register(new WelcomePage(pages, inbox));
        jersey.register(new OpenShopPage(pages, people.signUp(), presets, inbox));
        jersey.register(new SignupPage(pages, people.verifySignup(), joins, publicUrl));
        jersey.register(new PasswordPage(pages, people.resetPassword()));
        jersey.register(new InvitationPage(pages, people.acceptInvitation()));
        jersey.register(new EmailChangePage(pages, people.changeEmail()));
    }
}
