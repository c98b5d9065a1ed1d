package io.regulars;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.platform.db.DatabaseSettings;
import io.regulars.platform.db.DatabaseUrl;
import io.regulars.testing.AgainstOpenApi;
import io.regulars.testing.Calls;
import io.regulars.testing.Fields;
import io.regulars.testing.TestClock;
import io.regulars.testing.TestDatabase;
import io.restassured.config.ObjectMapperConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The whole service, running in this JVM on a real database, spoken to over HTTP. */
public final class ServiceUnderTest implements AutoCloseable {

    /** Of every owner. */
    public static final String PASSWORD = "correct horse battery staple";

    private static final AtomicInteger SHOPS = new AtomicInteger();

    /** {@code -Drestored=true}: every shop of the journeys is one that came out of an archive. */
    private static final boolean RESTORED = Boolean.getBoolean("restored");

    private static final Pattern LINK = Pattern.compile("/v/([A-Za-z0-9_-]+)");

    /** Reading and writing JSON with one mapper; a new one for each body looks through all jars. */
    private static final RestAssuredConfig PLAIN = config();

    private final AutoCloseable service;
    private final URI base;
    private final DatabaseSettings database;

    /** One for all services: they are of one build, and to write and read the document is dear. */
    private static volatile @Nullable AgainstOpenApi document;

    private ServiceUnderTest(AutoCloseable service, URI base, DatabaseSettings database) {
        this.service = service;
        this.base = base;
        this.database = database;
    }

    private static RestAssuredConfig config() {
        ObjectMapper json = new ObjectMapper().findAndRegisterModules();
        return RestAssuredConfig.config()
                .objectMapperConfig(
                        ObjectMapperConfig.objectMapperConfig()
                                .jackson2ObjectMapperFactory((_, _) -> json));
    }

    private AgainstOpenApi document() {
        AgainstOpenApi known = document;
        if (known == null) {
            known =
                    new AgainstOpenApi(
                            given().baseUri(base.toString()).get("/v1/openapi.json").asString());
            document = known;
        }
        return known;
    }

    /** A service that all tests share: each signs up shops of its own. */
    public static ServiceUnderTest shared() {
        return Shared.SERVICE;
    }

    private static final class Shared {
        /**
         * It does not tick: what is to happen at an hour is seen on the test side's clock. Classes
         * that run at once sign up at once, so there are some schemas ahead.
         */
        private static final ServiceUnderTest SERVICE =
                start(TestDatabase.create(), Map.of("TICK", "1h", "SPARE_SCHEMAS", "8"));
    }

    /**
     * @param overrides of the environment, such as {@code CLOCK_START}
     */
    public static ServiceUnderTest start(DatabaseSettings database, Map<String, String> overrides) {
        try {
            int port = freePort();
            Map<String, String> environment = new HashMap<>(environment(database, port));
            environment.put("DATA_DIR", Files.createTempDirectory("regulars").toString());
            environment.put("TRUSTED_PROXIES", "127.0.0.1");
            environment.putAll(overrides);
            Service service = new Service(environment);
            service.run("server", Service.CONFIGURATION);
            if (!overrides.containsKey("CLOCK_START")) {
                // It has stood still while the service started.
                service.clock().moveTo(TestClock.now());
            }
            return new ServiceUnderTest(
                    service::stop, URI.create("http://localhost:" + port), database);
        } catch (Exception e) {
            throw new IllegalStateException("the service did not start", e);
        }
    }

    /** What a service needs to know in the environment to work on this database. */
    public static Map<String, String> environment(DatabaseSettings database, int port) {
        return Map.ofEntries(
                Map.entry("PORT", Integer.toString(port)),
                Map.entry("ADMIN_PORT", Integer.toString(freePort())),
                Map.entry("DATABASE_URL", url(database.owner())),
                Map.entry("DATABASE_APP_URL", database.app().map(ServiceUnderTest::url).orElse("")),
                Map.entry("CLOCK_START", TestClock.now().toString()),
                Map.entry("SECRET_KEY", "a key that is only good for tests"),
                Map.entry("LOG_LEVEL", "WARN"),
                Map.entry("LOG_FORMAT", "text"),
                Map.entry("TICK", "1s"),
                Map.entry("SPARE_SCHEMAS", "1"),
                // Hundreds of shops sign up in the tests; none of them has a secret.
                Map.entry("PASSWORD_MEMORY_KIB", "64"));
    }

    /** One that runs in another process; it is not stopped with this. */
    public static ServiceUnderTest at(ChildService child, DatabaseSettings database) {
        return new ServiceUnderTest(() -> {}, child.base(), database);
    }

    public URI base() {
        return base;
    }

    public DatabaseSettings database() {
        return database;
    }

    /** Requests that are held against the OpenAPI document, and their answers too. */
    public RequestSpecification api() {
        return plain().filter(document().requestsAndAnswers());
    }

    /** Requests that may be as wrong as they like; their answers must be as documented. */
    public RequestSpecification rawApi() {
        return plain().filter(document().answers());
    }

    /** Requests whose answers are no JSON, or are not looked at. */
    public RequestSpecification rawApiUnchecked() {
        return plain();
    }

    /** Calls that a test needs done, and does not look at; held against the document too. */
    public Calls calls(@Nullable String key) {
        return new Calls(base, this::document, key);
    }

    private RequestSpecification plain() {
        return given().config(PLAIN).baseUri(base.toString());
    }

    /** Signs a shop up as its owner would: with the link in the mail. */
    public Shop signUp() {
        return signUp("Asia/Ho_Chi_Minh", "VN", "VND");
    }

    public Shop signUp(String zone, String country, String currency) {
        return signUp(zone, country, currency, Map.of());
    }

    /**
     * @param more of what a signup may say, such as {@code preset}, or the {@code email} of an
     *     owner of another shop
     */
    public Shop signUp(String zone, String country, String currency, Map<String, Object> more) {
        String fresh = "owner" + SHOPS.incrementAndGet() + "@shop.example";
        String email = (String) more.getOrDefault("email", fresh);
        // Whoever has a shop already has mail with a link, which is used.
        String before = email.equals(fresh) ? "" : newestMail(email);
        Map<String, Object> signup =
                new HashMap<>(signup("Shop " + SHOPS.get(), email, zone, country, currency));
        signup.putAll(more);
        calls(null).post("/v1/signups", signup, 202);
        Fields verified =
                calls(null).post("/v1/signups/verify", Map.of("token", token(email, before)), 201);
        Shop shop =
                new Shop(
                        this,
                        verified.getString("tenant.id"),
                        email,
                        verified.getString("api_keys.live.secret"),
                        verified.getString("api_keys.test.secret"),
                        verified.getString("session.token"));
        shop.sayWhoYouAre();
        return RESTORED ? restored(shop) : shop;
    }

    /** What the owner of a Vietnamese shop says when signing up. */
    public static Map<String, Object> signup(String name, String email) {
        return signup(name, email, "Asia/Ho_Chi_Minh", "VN", "VND");
    }

    private static Map<String, Object> signup(
            String name, String email, String zone, String country, String currency) {
        return Map.of(
                "business_name", name,
                "email", email,
                "password", PASSWORD,
                "country", country,
                "time_zone", zone,
                "locale", "vi",
                "currency", currency);
    }

    /** The owner has another shop then, and logs in there. */
    private Shop restored(Shop shop) {
        Shop twin = Archives.twin(shop, shop.email());
        String session =
                api().contentType(ContentType.JSON)
                        .body(
                                Map.of(
                                        "email", shop.email(),
                                        "password", PASSWORD,
                                        "tenant", twin.tenantId()))
                        .post("/v1/sessions")
                        .then()
                        .statusCode(201)
                        .extract()
                        .as(Fields.class)
                        .get("token");
        return new Shop(
                this, twin.tenantId(), shop.email(), twin.liveKey(), twin.testKey(), session);
    }

    String token(String email) {
        return token(email, "");
    }

    private String token(String email, String before) {
        String text =
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .pollInterval(Duration.ofMillis(50))
                        .until(() -> newestMail(email), mail -> !mail.equals(before));
        Matcher link = LINK.matcher(text);
        if (!link.find()) {
            throw new AssertionError("no link in the mail: " + text);
        }
        return link.group(1);
    }

    String newestMail(String email) {
        List<String> ids =
                calls(null)
                        .get("/inbox/messages?to=" + URLEncoder.encode(email, UTF_8))
                        .getList("data.id", String.class);
        return ids.isEmpty()
                ? ""
                : calls(null).get("/inbox/messages/" + ids.getFirst()).getString("text");
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (Exception e) {
            throw new IllegalStateException("the service did not stop", e);
        }
    }

    static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("regulars");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String url(DatabaseUrl url) {
        return url.jdbcUrl()
                .replace(
                        "jdbc:postgresql://",
                        "postgresql://" + url.user() + ":" + url.password() + "@");
    }

    /** A port that nobody listens on at this moment. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
