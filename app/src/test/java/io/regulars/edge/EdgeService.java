package io.regulars.edge;

import static org.awaitility.Awaitility.await;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Environment;
import io.regulars.edge.inbox.InboxPages;
import io.regulars.edge.pages.Pages;
import io.regulars.edge.pages.PublicPages;
import io.regulars.engagement.tracking.UnsubscribeLinks;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.DatabaseSettings;
import io.regulars.platform.db.Databases;
import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.http.HttpManners;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.secrets.SecretText;
import io.regulars.platform.secrets.Signer;
import io.regulars.platform.smtp.CaptureServer;
import io.regulars.platform.smtp.Inbox;
import io.regulars.platform.smtp.Mailbox;
import io.regulars.platform.smtp.Relay;
import io.regulars.platform.templates.Templates;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.TenancyModule;
import io.regulars.testing.TestDatabase;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/** The pages over HTTP, with a real database and a real SMTP server behind them. */
public final class EdgeService extends Application<Configuration> implements AutoCloseable {

    private static final Pattern LINK =
            Pattern.compile("https://shops\\.example/v/([A-Za-z0-9_-]+)");
    private static final URI PUBLIC_URL = URI.create("https://shops.example/");

    public final Databases databases;
    public final TenancyModule tenancy;
    public final Signer signer = new Signer(new SecretText("a key that only tests have"));
    public final UnsubscribeLinks links = new UnsubscribeLinks(signer, PUBLIC_URL);
    public final Inbox inbox;
    public final Relay relay;
    private final CaptureServer capture;
    private final Optional<String> inboxToken;
    private @Nullable Server server;

    private EdgeService(Optional<String> inboxToken) throws Exception {
        this.inboxToken = inboxToken;
        DatabaseSettings fresh = TestDatabase.create();
        databases =
                Databases.open(
                        new DatabaseSettings(
                                fresh.owner(),
                                fresh.app(),
                                8,
                                256,
                                fresh.maxConnectionAge(),
                                true,
                                1),
                        Clock.system(),
                        new MetricRegistry());
        inbox = new Inbox(Files.createTempDirectory("inbox"), Clock.system()::now);
        capture = CaptureServer.start(inbox);
        relay = new Relay(capture.url());
        tenancy =
                new TenancyModule(
                        new TenancyModule.Outside(
                                databases,
                                Clock.system(),
                                signer,
                                relay,
                                new Templates(),
                                new Mailbox("Regulars", "no-reply@shops.example"),
                                PUBLIC_URL),
                        List.of());
    }

    public static EdgeService start(Optional<String> inboxToken) throws Exception {
        EdgeService service = new EdgeService(inboxToken);
        java.nio.file.Path config = Files.createTempFile("edge", ".yml");
        config.toFile().deleteOnExit();
        Files.writeString(
                config,
                """
                server:
                  applicationConnectors: [{type: http, port: 0, bindHost: 127.0.0.1}]
                  adminConnectors: [{type: http, port: 0, bindHost: 127.0.0.1}]
                  requestLog: {appenders: []}
                logging: {level: ERROR, appenders: [{type: console}]}
                """);
        service.run("server", config.toString());
        return service;
    }

    @Override
    public void run(Configuration configuration, Environment environment) {
        HttpManners.prepare(configuration.getServerFactory());
        HttpManners.install(environment, Set.of());
        tenancy.register(environment, List.of(), _ -> false, _ -> {});
        Pages pages = new Pages();
        new PublicPages(
                        pages,
                        tenancy.verifySignup(),
                        tenancy.resetPassword(),
                        links,
                        tenancy.directory(),
                        databases.tenants(),
                        new Programs(),
                        PUBLIC_URL,
                        true)
                .register(environment.jersey());
        new InboxPages(inbox, pages, inboxToken).register(environment.jersey());
        environment.lifecycle().addServerLifecycleListener(started -> server = started);
    }

    @Override
    protected void onFatalError(Throwable failure) {
        throw new IllegalStateException(failure);
    }

    public int port() {
        return ((ServerConnector) server().getConnectors()[0]).getLocalPort();
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

    private Server server() {
        return Objects.requireNonNull(server, "not started");
    }

    @Override
    public void close() throws Exception {
        server().stop();
        relay.close();
        capture.close();
        databases.close();
    }
}
