package io.regulars.edge.inbox;

import io.dropwizard.jersey.setup.JerseyEnvironment;
import io.regulars.edge.pages.Pages;
import io.regulars.platform.smtp.Inbox;
import java.util.Optional;

/**
 * The room's endpoints, never without their guard; to be registered beside {@link
 * io.regulars.edge.pages.HtmlFaultsFilter}, and only where mail is captured.
 *
 * @param token what readers must present; empty only where the service listens on loopback alone
 */
public record InboxPages(Inbox inbox, Pages pages, Optional<String> token) {

    public void register(JerseyEnvironment jersey) {
        jersey.register(new InboxGuard(token));
        jersey.register(new InboxResource(inbox, pages));
    }

    @Override
    public String toString() {
        return "InboxPages";
    }
}
