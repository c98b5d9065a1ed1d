package io.regulars;

import io.dropwizard.jersey.setup.JerseyEnvironment;
import io.regulars.edge.card.CardModule;
import io.regulars.edge.inbox.InboxPages;
import io.regulars.edge.join.JoinModule;
import io.regulars.edge.pages.AccountPages;
import io.regulars.edge.pages.FormGuard;
import io.regulars.edge.pages.HtmlFaultsFilter;
import io.regulars.edge.pages.MailPages;
import io.regulars.edge.pages.MemberAnswers;
import io.regulars.edge.pages.Pages;
import io.regulars.edge.till.TillPage;
import io.regulars.engagement.tracking.AnswerLinks;
import io.regulars.engagement.tracking.UnsubscribeLinks;
import io.regulars.platform.ids.Tokens;
import io.regulars.platform.smtp.Inbox;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pages, for people. */
final class FrontDoor {

    private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);
    private static final int INBOX_TOKEN_LENGTH = 24;

    private final Rooms rooms;

    FrontDoor(Rooms rooms) {
        this.rooms = rooms;
    }

    void open(JerseyEnvironment jersey, Settings settings) {
        Pages pages = new Pages();
        FormGuard guard = new FormGuard(rooms.signer(), rooms.clock());
        MemberAnswers joins = memberPages(jersey, pages, guard);
        Optional<Inbox> inbox = rooms.postOffice().inbox();
        jersey.register(new HtmlFaultsFilter(pages));
        new AccountPages(
                        pages,
                        AccountPages.People.of(rooms.tenancy(), rooms.loyalty().presets()),
                        rooms.loyalty().presets(),
                        joins,
                        rooms.publicUrl(),
                        inbox.isPresent())
                .register(jersey);
        new MailPages(
                        pages,
                        guard,
                        new UnsubscribeLinks(rooms.signer(), rooms.publicUrl()),
                        new AnswerLinks(rooms.signer(), rooms.publicUrl()),
                        rooms.engagement().mailAnswers(),
                        rooms.tenancy().directory(),
                        rooms.databases().tenants(),
                        rooms.loyalty().programs())
                .register(jersey);
        inbox.ifPresent(mail -> new InboxPages(mail, pages, inboxToken(settings)).register(jersey));
    }

    /** Where members join, and their cards. */
    private MemberAnswers memberPages(JerseyEnvironment jersey, Pages pages, FormGuard guard) {
        JoinModule join =
                new JoinModule(
                        pages,
                        guard,
                        new JoinModule.Outside(
                                rooms.tenancy().directory(),
                                rooms.databases().tenants(),
                                rooms.loyalty().programs(),
                                rooms.loyalty().joinProgram(),
                                rooms.loyalty().memberLinks(),
                                rooms.loyalty().wallet(),
                                rooms.workers(),
                                rooms.clock()));
        join.register(jersey);
        new CardModule(
                        rooms.tenancy().directory(),
                        rooms.databases().tenants(),
                        rooms.loyalty().programs(),
                        rooms.loyalty().memberLinks(),
                        new UnsubscribeLinks(rooms.signer(), rooms.publicUrl()),
                        rooms.loyalty().ownCard(),
                        rooms.loyalty().wallet())
                .register(jersey, pages, guard);
        jersey.register(new TillPage(pages));
        return join.confirmations();
    }

    /**
     * Captured mail holds links that open shops: from elsewhere than this machine it is shown for a
     * token only.
     */
    private static Optional<String> inboxToken(Settings settings) {
        if (Set.of("127.0.0.1", "localhost", "::1").contains(settings.bind())) {
            return Optional.empty();
        }
        String token = Tokens.base62(INBOX_TOKEN_LENGTH);
        LOG.info("captured mail is shown at {}/inbox?token={}", settings.publicUrl(), token);
        return Optional.of(token);
    }
}
