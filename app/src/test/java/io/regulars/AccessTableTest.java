package io.regulars;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.ids.TypeIds;
import io.regulars.tenancy.access.Actor;
import io.regulars.tenancy.access.Caller;
import io.regulars.tenancy.access.Role;
import io.regulars.tenancy.access.Scope;
import io.regulars.testing.TestClock;
import io.regulars.testing.TestDatabase;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code docs/access.md} is what the code says, and what the code says is what happens: every
 * endpoint is called with every kind of credentials. {@code -Dregen=true} writes the table anew.
 */
class AccessTableTest {

    private static final java.nio.file.Path TABLE =
            java.nio.file.Path.of(System.getProperty("root.dir"), "docs", "access.md");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final List<Endpoint> ENDPOINTS = endpoints();
    private static final Map<String, String> SECRETS = new LinkedHashMap<>();
    private static ServiceUnderTest service;

    record Endpoint(String method, String path, Audience audience, String contentType) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    @BeforeAll
    static void aShopWithEverybody() throws Exception {
        service = ServiceUnderTest.shared();
        Shop suspended = service.signUp();
        Shop shop = service.signUp();
        SECRETS.put("wrong key", "rk_live_" + "0".repeat(36));
        for (Scope scope : Scope.values()) {
            SECRETS.put(
                    "scope " + scope.key(),
                    shop.live()
                            .body(Map.of("scope", scope.key()))
                            .post("/v1/api-keys")
                            .path("secret"));
        }
        SECRETS.put("suspended", suspended.liveKey());
        SECRETS.put("test key", shop.testKey());
        try (Connection connection = TestDatabase.superuserConnection(service.database());
                Statement statement = connection.createStatement()) {
            for (Role role : Role.values()) {
                SECRETS.put("role " + role.key(), session(statement, shop, role));
            }
            statement.executeUpdate(
                    "update control.tenant set state = 'suspended' where id = '"
                            + suspended.tenantUuid()
                            + "'");
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> suspended.raw().get("/v1/tenant").statusCode() == 403);
    }

    /**
     * A person in this role, logged in; signing four of them up would take longer than the test.
     */
    private static String session(Statement statement, Shop shop, Role role) throws Exception {
        UUID user = TypeIds.next();
        String token = "rs_" + role.key().repeat(40).substring(0, 40);
        statement.executeUpdate(
                "insert into control.app_user (id, email, password_hash, created_at) values ('"
                        + user
                        + "', '"
                        + user
                        + "@shop.example', 'none', '"
                        + TestClock.now()
                        + "')");
        statement.executeUpdate(
                "insert into control.membership (tenant_id, user_id, role, created_at) values ('"
                        + shop.tenantUuid()
                        + "', '"
                        + user
                        + "', '"
                        + role.key()
                        + "', '"
                        + TestClock.now()
                        + "')");
        statement.executeUpdate(
                "insert into control.session (token_hash, user_id, tenant_id, created_at, used_at, expires_at)"
                        + " values (sha256('"
                        + token
                        + "'), '"
                        + user
                        + "', '"
                        + shop.tenantUuid()
                        + "', '"
                        + TestClock.now()
                        + "', '"
                        + TestClock.now()
                        + "', '"
                        + TestClock.now().plus(Duration.ofHours(1))
                        + "')");
        return token;
    }

    @Test
    void theTableIsInStepWithTheCode() throws Exception {
        if (Boolean.getBoolean("regen")) {
            Files.writeString(TABLE, document());
        }
        assertThat(Files.readString(TABLE)).isEqualTo(document());
    }

    static Stream<String> credentials() {
        return Stream.of(
                        Stream.of("no key", "wrong key", "suspended"),
                        Arrays.stream(Scope.values()).map(scope -> "scope " + scope.key()),
                        Arrays.stream(Role.values()).map(role -> "role " + role.key()))
                .flatMap(names -> names);
    }

    @ParameterizedTest
    @MethodSource("credentials")
    void everyEndpointAnswersAsTheTableSays(String credentials) throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Endpoint endpoint : ENDPOINTS) {
            HttpResponse<String> answer = call(endpoint, SECRETS.get(credentials));
            String got = judged(answer);
            String expected = expected(endpoint.audience(), credentials);
            if (!got.equals(expected)) {
                wrong.add(endpoint + ": " + expected + " by the table, but " + answer.statusCode());
            }
        }
        assertThat(wrong).as(credentials).isEmpty();
    }

    @Test
    void aTestKeyChangesNothingThatHoldsForTheLiveShop() throws Exception {
        List<String> letIn = new ArrayList<>();
        for (Endpoint endpoint : ENDPOINTS) {
            boolean ofTheLiveShop =
                    !endpoint.method().equals("GET")
                            && endpoint.path().matches("/v1/(users|billing|sending|tenant)\\b.*");
            if (ofTheLiveShop
                    && !judged(call(endpoint, SECRETS.get("test key"))).equals("forbidden")) {
                letIn.add(endpoint.toString());
            }
        }
        assertThat(letIn).isEmpty();
    }

    private static String judged(HttpResponse<String> answer) {
        return switch (answer.statusCode()) {
            case 401 -> "unknown";
            case 403 -> answer.body().contains("\"tenant_suspended\"") ? "suspended" : "forbidden";
            default -> answer.statusCode() < 500 ? "let in" : "broken";
        };
    }

    private static String expected(Audience audience, String credentials) {
        if (audience == Audience.ANYONE) {
            return "let in";
        }
        return switch (credentials) {
            case "no key", "wrong key" -> "unknown";
            case "suspended" -> "suspended";
            default -> may(audience, scope(credentials)) ? "let in" : "forbidden";
        };
    }

    private static Scope scope(String credentials) {
        String name = credentials.substring(credentials.indexOf(' ') + 1).toUpperCase(Locale.ROOT);
        return credentials.startsWith("role") ? Role.valueOf(name).scope() : Scope.valueOf(name);
    }

    private static boolean may(Audience audience, Scope scope) {
        TenantRef any =
                new TenantRef(
                        TenantId.next(),
                        Side.LIVE,
                        "t_" + "0".repeat(26),
                        ZoneOffset.UTC,
                        "VN",
                        Locale.ROOT);
        return new Caller(any, new Actor("key_any"), scope).may(audience);
    }

    /** Broken bodies and ids of nothing: the door is asked, and behind it little happens. */
    private static HttpResponse<String> call(Endpoint endpoint, @Nullable String secret)
            throws Exception {
        boolean logOut = endpoint.toString().equals("DELETE /v1/sessions/current");
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                        URI.create(
                                service.base()
                                        + endpoint.path().replaceAll("\\{[^}]+\\}", "none")));
        if (secret != null) {
            request.header("Authorization", "Bearer " + secret);
        }
        if (logOut && secret != null && secret.startsWith("rs_")) {
            // It would end the session that the others are called with; its door is that of GET.
            return call(new Endpoint("GET", "/v1/rewards", Audience.LOOKUP, ""), secret);
        }
        boolean hasBody = List.of("POST", "PUT", "PATCH").contains(endpoint.method());
        if (hasBody) {
            request.header("Content-Type", endpoint.contentType());
        }
        request.method(
                endpoint.method(),
                hasBody
                        ? HttpRequest.BodyPublishers.ofString("{")
                        : HttpRequest.BodyPublishers.noBody());
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            // The connection was being closed: what was refused early left its body unread.
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static List<Endpoint> endpoints() {
        return House.resources().stream()
                .flatMap(resource ->
                        Arrays.stream(resource.getMethods())
                                .filter(method -> method.isAnnotationPresent(AllowedTo.class))
                                .map(method -> endpoint(resource, method)))
                .filter(endpoint -> endpoint.path().startsWith("/v1/"))
                .sorted(Comparator.comparing(Endpoint::path).thenComparing(Endpoint::method))
                .toList();
    }

    private static Endpoint endpoint(Class<?> resource, Method method) {
        String verb =
                Arrays.stream(method.getAnnotations())
                        .map(annotation ->
                                annotation.annotationType().getAnnotation(HttpMethod.class))
                        .filter(Objects::nonNull)
                        .map(HttpMethod::value)
                        .findFirst()
                        .orElseThrow();
        String path =
                resource.getAnnotation(Path.class).value()
                        + Optional.ofNullable(method.getAnnotation(Path.class))
                                .map(Path::value)
                                .orElse("");
        String type =
                Optional.ofNullable(method.getAnnotation(Consumes.class))
                        .or(() -> Optional.ofNullable(resource.getAnnotation(Consumes.class)))
                        .map(consumes -> consumes.value()[0])
                        .orElse("application/json");
        return new Endpoint(
                verb,
                path.replaceAll("\\{(\\w+)\\s*:[^}]*\\}", "{$1}"),
                method.getAnnotation(AllowedTo.class).value(),
                type);
    }

    private static String document() {
        String rows =
                ENDPOINTS.stream()
                        .map(endpoint ->
                                "| `"
                                        + endpoint
                                        + "` | "
                                        + mark(endpoint.audience() == Audience.ANYONE)
                                        + " | "
                                        + Stream.of(
                                                        Scope.ADMIN,
                                                        Scope.MARKETING,
                                                        Scope.POS,
                                                        Scope.READ)
                                                .map(scope -> mark(may(endpoint.audience(), scope)))
                                                .collect(Collectors.joining(" | "))
                                        + " |")
                        .collect(Collectors.joining("\n"));
        return """
        # Who may call what

        Generated from the code; a test calls every endpoint with every kind of credentials and compares. Keys have scopes,
        people have roles; a role may what the scope beside it may. Without valid credentials the answer is 401, with others
        403 `forbidden`, of a suspended shop 403 `tenant_suspended`, for the id of anything of another shop 404. What changes
        the shop as a whole (its people, its plan, its profile, its switch for all mail, its end) refuses test keys, and
        sessions with `Regulars-Mode: test`, with 403 `forbidden`: the test side has none of these of its own.

        A revoked key, an ended session and a changed role hold at once on the node that did it and within 5 seconds on every
        other. A session ends after 24 hours without use and after 14 days in any case. A replaced key (`POST
        /v1/api-keys/{id}/rotate`) works beside the new one for `overlap_hours` (24). Passwords have 10 characters or more and
        are none of the first that are guessed. Wrong ones are counted for 15 minutes: 10 for an address from one network, 30 for an
        address from all networks it has not logged in from, 100 for a network; then 429 with `Retry-After`. A network from which
        somebody has logged in before has a count of its own, and a password set by mail opens the door from anywhere, so nobody
        can lock an owner out.

        | endpoint | without key | admin, owner | marketing, marketer | pos, cashier | read, viewer |
        |---|---|---|---|---|---|
        """
                + rows
                + "\n";
    }

    private static String mark(boolean may) {
        return may ? "yes" : "";
    }
}
