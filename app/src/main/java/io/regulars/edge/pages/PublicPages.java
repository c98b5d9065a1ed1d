package io.regulars.edge.pages;

import io.regulars.engagement.tracking.UnsubscribeLinks;
import io.regulars.platform.db.TenantDb;
import io.regulars.tenancy.signups.VerifySignup;
import io.regulars.tenancy.tenants.TenantDirectory;
import java.net.URI;
import java.util.List;

/**
 * The room's endpoints, and the filter that goes with them.
 *
 * @param inbox whether there is an inbox to link to
 */
public record PublicPages(
        Pages pages,
        VerifySignup verifySignup,
        UnsubscribeLinks unsubscribeLinks,
        TenantDirectory directory,
        TenantDb tenants,
        URI publicUrl,
        boolean inbox) {

    public List<Object> endpoints() {
        return List.of(
                new HtmlFaultsFilter(pages),
                new WelcomePage(pages, inbox),
                new SignupPage(pages, verifySignup, publicUrl),
                new OffersPage(pages, unsubscribeLinks, directory, tenants));
    }
}
