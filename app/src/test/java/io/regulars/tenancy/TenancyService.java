package io.regulars.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dropwizard.auth.Auth;
import io.dropwizard.core.setup.Environment;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Returns;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.smtp.CapturedMail;
import io.regulars.tenancy.access.Caller;
import io.regulars.tenancy.tenants.NewSide;
import io.regulars.testing.StoreyService;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The storey alone, over HTTP, with a real database and a real SMTP server. */
public final class TenancyService extends StoreyService {

    public static final String PASSWORD = "correct horse battery";
    private static final Pattern LINK =
            Pattern.compile("https://shops\\.example/([vpie])/([A-Za-z0-9_-]+)");

    public final TenancyModule module;

    public record Shop(TenantId id, String email, String liveKey, String testKey, String session) {}

    @Path("/probe")
    @Produces(MediaType.APPLICATION_JSON)
    public static final class Probe {

        @GET
        @Path("/lookup")
        @AllowedTo(Audience.LOOKUP)
        @Returns(Map.class)
        public Map<String, String> lookup(@Auth Caller caller) {
            return Map.of(
                    "actor", caller.getName(),
                    "schema", caller.tenant().schema(),
                    "side", caller.tenant().side().key(),
                    "contact", Boolean.toString(caller.seesContactData()));
        }

        @GET
        @Path("/readers")
        @AllowedTo(Audience.READERS)
        @Returns(Map.class)
        public Map<String, String> readers() {
            return Map.of();
        }

        @GET
        @Path("/till")
        @AllowedTo(Audience.TILL)
        @Returns(Map.class)
        public Map<String, String> till() {
            return Map.of();
        }

        @GET
        @Path("/marketing")
        @AllowedTo(Audience.MARKETING)
        @Returns(Map.class)
        public Map<String, String> marketing() {
            return Map.of();
        }

        @GET
        @Path("/admin")
        @AllowedTo(Audience.ADMIN)
        @Returns(Map.class)
        public Map<String, String> admin() {
            return Map.of();
        }
    }

    private TenancyService(List<NewSide> hooks) throws Exception {
        module = new TenancyModule(tenancyOutside(), hooks);
    }

    private TenancyService(TenancyModule.Terms terms) throws Exception {
        TenancyModule.Outside usual = tenancyOutside();
        module =
                new TenancyModule(
                        new TenancyModule.Outside(
                                usual.databases(),
                                usual.clock(),
                                usual.signer(),
                                usual.relay(),
                                usual.templates(),
                                usual.from(),
                                usual.publicUrl(),
                                64,
                                terms),
                        List.of());
    }

    /** With plans and limits. */
    public static TenancyService start(TenancyModule.Terms terms) throws Exception {
        TenancyService service = new TenancyService(terms);
        service.listen();
        return service;
    }

    public static TenancyService start(NewSide... hooks) throws Exception {
        TenancyService service = new TenancyService(List.of(hooks));
        service.listen();
        return service;
    }

    @Override
    protected void register(Environment environment) {
        module.register(environment, List.of(), Set.of("coffee")::contains, _ -> {});
        environment.jersey().register(new Probe());
    }

    public Http http() {
        return new Http("http://127.0.0.1:" + port());
    }

    public Http as(String secret) {
        return http().header("Authorization", "Bearer " + secret);
    }

    public Http.Answer adminTask(String query) {
        return new Http("http://127.0.0.1:" + adminPort()).post("/tasks/" + query);
    }

    /** A body of {@code POST /v1/signups} that is right. */
    public static Map<String, Object> signup(String email) {
        return new TreeMap<>(
                Map.of(
                        "business_name", "Cà phê Mây",
                        "email", email,
                        "password", PASSWORD,
                        "country", "VN",
                        "time_zone", "Asia/Ho_Chi_Minh",
                        "locale", "vi",
                        "currency", "VND"));
    }

    public Shop shop(String email) {
        Http.Answer answer = verify(signUpAndReadToken(email));
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(201);
        return new Shop(
                TenantId.parse(answer.path("tenant.id")).orElseThrow(),
                email,
                answer.path("api_keys.live.secret"),
                answer.path("api_keys.test.secret"),
                answer.path("session.token"));
    }

    public String signUpAndReadToken(String email) {
        int before = inbox.list(email, 100).size();
        http().body(signup(email)).post("/v1/signups").then().statusCode(202);
        return tokenOfMail(email, before + 1);
    }

    public Http.Answer verify(String token) {
        return http().body(Map.of("token", token)).post("/v1/signups/verify");
    }

    public Http.Answer logIn(String email, String password) {
        return http().body(Map.of("email", email, "password", password)).post("/v1/sessions");
    }

    /** Asks for a mail with a link by which a forgotten password is replaced. */
    public Http.Answer forget(String email) {
        return http().body(Map.of("email", email)).post("/v1/password-resets");
    }

    public Http.Answer replacePassword(String token, String password) {
        return http().body(Map.of("token", token, "password", password))
                .post("/v1/password-resets/confirm");
    }

    /** The token in the newest mail to this address, of which there are this many. */
    public String tokenOfMail(String email, int mails) {
        await().until(() -> inbox.list(email, 100).size() == mails);
        Matcher link = LINK.matcher(text(email));
        assertThat(link.find()).isTrue();
        return link.group(2);
    }

    public int mails(String email) {
        return inbox.list(email, 100).size();
    }

    public String text(String email) {
        try {
            CapturedMail newest = inbox.list(email, 1).getFirst();
            return inbox.get(newest.id()).orElseThrow().text();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public int count(String sql) {
        return databases
                .control()
                .inTransaction(handle -> handle.createQuery(sql).mapTo(int.class).one());
    }
}
