package io.regulars.edge;

import static org.awaitility.Awaitility.await;

import io.dropwizard.core.setup.Environment;
import io.regulars.edge.inbox.InboxPages;
import io.regulars.edge.pages.AccountPages;
import io.regulars.edge.pages.FormGuard;
import io.regulars.edge.pages.HtmlFaultsFilter;
import io.regulars.edge.pages.MailPages;
import io.regulars.edge.pages.MemberAnswers;
import io.regulars.edge.pages.Pages;
import io.regulars.engagement.law.MailLaws;
import io.regulars.engagement.mail.MailAnswers;
import io.regulars.engagement.mail.MailLinks;
import io.regulars.engagement.tracking.AnswerLinks;
import io.regulars.engagement.tracking.UnsubscribeLinks;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.presets.Presets;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TenantId;
import io.regulars.tenancy.TenancyModule;
import io.regulars.testing.StoreyService;
import io.regulars.testing.TestClock;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The pages over HTTP, with a real database and a real SMTP server behind them. */
public final class EdgeService extends StoreyService {

    private static final Pattern LINK =
            Pattern.compile("https://shops\\.example/v/([A-Za-z0-9_-]+)");

    public final TenancyModule tenancy;
    public final UnsubscribeLinks links = new UnsubscribeLinks(signer, PUBLIC_URL);
    private final Optional<String> inboxToken;

    private EdgeService(Optional<String> inboxToken) throws Exception {
        this.inboxToken = inboxToken;
        tenancy = new TenancyModule(tenancyOutside(), List.of());
    }

    public static EdgeService start(Optional<String> inboxToken) throws Exception {
        EdgeService service = new EdgeService(inboxToken);
        service.listen();
        return service;
    }

    @Override
    protected void register(Environment environment) {
        tenancy.register(environment, List.of(), _ -> false, _ -> {});
        Pages pages = new Pages();
        Presets presets = new Presets();
        environment.jersey().register(new HtmlFaultsFilter(pages));
        new AccountPages(
                        pages,
                        AccountPages.People.of(tenancy, presets),
                        presets,
                        MemberAnswers.NONE,
                        PUBLIC_URL,
                        true)
                .register(environment.jersey());
        new MailPages(
                        pages,
                        new FormGuard(signer, TestClock.CLOCK),
                        links,
                        new AnswerLinks(signer, PUBLIC_URL),
                        MailAnswers.of(
                                databases.tenants(),
                                tenancy.directory(),
                                new MailLaws(),
                                MailLinks.of(signer, PUBLIC_URL)),
                        tenancy.directory(),
                        databases.tenants(),
                        new Programs())
                .register(environment.jersey());
        new InboxPages(inbox, pages, inboxToken).register(environment.jersey());
    }

    /** As a program asks. */
    public RequestSpecification http() {
        return RestAssured.given().baseUri("http://127.0.0.1").port(port());
    }

    /** As a browser set to this language asks. */
    public RequestSpecification browser(String language) {
        return http().header(
                        "Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
                .header("Accept-Language", language);
    }

    /** Signs a shop up by the API and reads the token of the mail that it gets. */
    public String signUp(String shop, String email, String locale) {
        Map<String, Object> body =
                new HashMap<>(
                        Map.of(
                                "business_name", shop,
                                "email", email,
                                "password", "correct horse battery",
                                "country", "VN",
                                "time_zone", "Asia/Ho_Chi_Minh",
                                "locale", locale,
                                "currency", "VND"));
        http().contentType("application/json")
                .body(body)
                .post("/v1/signups")
                .then()
                .statusCode(202);
        await().until(() -> !inbox.list(email, 1).isEmpty());
        try {
            String text = inbox.get(inbox.list(email, 1).getFirst().id()).orElseThrow().text();
            Matcher link = LINK.matcher(text);
            if (!link.find()) {
                throw new AssertionError(text);
            }
            return link.group(1);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public TenantRef shop(String name, String email, String locale) {
        TenantId id = tenancy.verifySignup().handle(signUp(name, email, locale)).tenant();
        return tenancy.directory().find(id, Side.LIVE).orElseThrow();
    }

    public MemberId member(TenantRef shop, @Nullable String name, @Nullable String locale) {
        MemberId id = MemberId.next();
        databases
                .tenants()
                .run(
                        shop,
                        tx ->
                                tx.update(
                                                """
                                                insert into <t>.member (id, name, locale, attributes, card_number, referral_code,
                                                       marketing_email, program_version, joined_at, version, created_at, updated_at)
                                                values (:id, :name, :locale, '{}', :code, :code, true, 1, :now, 1, :now, :now)
                                                """)
                                        .bind("id", id.uuid())
                                        .bind("name", name)
                                        .bind("locale", locale)
                                        .bind("code", id.toString())
                                        .bind("now", tx.now())
                                        .execute());
        return id;
    }

    /** The path of the member's unsubscribe link. */
    public String link(TenantRef shop, MemberId member) {
        return links.sign(shop, member).getPath();
    }

    public <T> List<T> column(TenantRef shop, String sql, Class<T> type) {
        return databases.tenants().inTransaction(shop, tx -> tx.query(sql).mapTo(type).list());
    }
}
