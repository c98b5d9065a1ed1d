package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.testing.Browser;
import io.regulars.testing.Fields;
import io.regulars.testing.Marketing;
import io.regulars.testing.TestDatabase;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What guards mail boxes opens every link of every mail, and every link of the pages behind them:
 * by GET and by HEAD. Nobody has joined, confirmed, unsubscribed, answered or spent anything by
 * that.
 */
class LinkScannerJourney {

    private static final Pattern LINK =
            Pattern.compile("(?:href|src)=\"([^\"]+)\"|(https?://[^\\s\"<>]+)");

    /** Keys and sessions are left out: when they were last used is noted some time after. */
    private static final List<String> ACCOUNTS =
            List.of(
                    "tenant",
                    "app_user",
                    "membership",
                    "signup",
                    "invitation",
                    "subscription",
                    "account_mail",
                    "campaign_schedule");

    private static final int MOST_PAGES = 200;

    /** Of its own: whatever is written down about anybody's account is looked at. */
    private static ServiceUnderTest service;

    private final Browser scanner = new Browser(service, "en");

    @BeforeAll
    static void aServiceWithoutOthers() {
        service = ServiceUnderTest.start(TestDatabase.create(), Map.of("TICK", "1h"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void noLinkDoesAnythingByBeingOpened() throws SQLException {
        Marketing marketing =
                new Marketing(
                        service,
                        "America/New_York",
                        "US",
                        "2027-01-10T15:00:00Z",
                        """
                        "earning": [{"key": "spend", "on": "purchase", "points": {"per_amount": 100, "award": 1}}],
                        "welcome": {"reward": "hello"},
                        "referral": {"referrer_points": 10, "friend_points": 5, "qualifies_on": "first_purchase"},
                        "rewards": [{"key": "hello", "name": "Hello", "kind": "percent_off", "percent": 20, "valid_days": 21}]
                        """);
        Set<String> links = new LinkedHashSet<>();
        people(marketing.shop()).forEach(address -> links.addAll(linksOfMails(address)));
        links.addAll(linksOfMails(asked(marketing)));
        Map<String, String> before = quiet(marketing.shop());

        Set<String> kinds = new LinkedHashSet<>();
        for (String opened : openAll(links)) {
            kinds.add(opened.replaceAll("^/([a-z]+).*", "$1"));
        }
        assertThat(kinds).contains("v", "j", "t", "c", "u", "n", "r", "p", "i", "e");
        assertThat(quiet(marketing.shop())).isEqualTo(before);
    }

    /** Mails of all kinds to people who deal with the shop; answers their addresses. */
    private Set<String> people(Shop shop) {
        String signup = address();
        service.api()
                .contentType("application/json")
                .body(
                        Map.of(
                                "business_name", "Unproven",
                                "email", signup,
                                "password", "correct horse battery staple",
                                "country", "US",
                                "time_zone", "America/New_York",
                                "locale", "en",
                                "currency", "USD"))
                .post("/v1/signups")
                .then()
                .statusCode(202);
        String colleague = address();
        shop.liveCalls().post("/v1/users", Map.of("email", colleague, "role", "viewer"), 201);
        service.api()
                .contentType("application/json")
                .body(Map.of("email", shop.email()))
                .post("/v1/password-resets")
                .then()
                .statusCode(202);
        String moving = address();
        service.api()
                .header("Authorization", "Bearer " + shop.session())
                .contentType("application/json")
                .body(Map.of("email", moving, "password", "correct horse battery staple"))
                .post("/v1/email-changes")
                .then()
                .statusCode(202);
        String joiner = address();
        String page = "/j/" + shop.tenantId();
        scanner.send(page, Map.of("name", "Ann", "email", joiner, "old_enough", "yes"));
        String known = address();
        Shop.enrol(
                shop.liveCalls(),
                Map.of("external_id", known, "email", known, "consents", Shop.consent()));
        scanner.send(page + "/card", Map.of("email", known));
        return Set.of(signup, colleague, shop.email(), moving, joiner, known);
    }

    private static String address() {
        return "scan" + UUID.randomUUID() + "@example.com";
    }

    /** A member who got a thank-you with a voucher, and then a question; answers the address. */
    private static String asked(Marketing shop) {
        shop.run("thank_you", "\"offer\": {\"reward\": \"hello\"}, \"schedule\": {}");
        String member = shop.member(Map.of());
        shop.till().buys(member, 2_500);
        shop.till().advance("PT1S");
        shop.run("nps", "\"schedule\": {\"at\": \"10:00\"}");
        shop.till().advance("2027-02-01T12:00:00Z");
        return shop.till().shown(member).getString("email");
    }

    private Set<String> linksOfMails(String address) {
        List<String> ids =
                Awaitility.await()
                        .atMost(Duration.ofSeconds(20))
                        .pollInterval(Duration.ofMillis(50))
                        .until(
                                () ->
                                        service.rawApi()
                                                .queryParam("to", address)
                                                .get("/inbox/messages")
                                                .as(Fields.class)
                                                .getList("data.id", String.class),
                                found -> !found.isEmpty());
        Set<String> links = new LinkedHashSet<>();
        for (String id : ids) {
            Response mail =
                    service.rawApi().accept("application/json").get("/inbox/messages/" + id);
            links.addAll(linksIn(mail.as(Fields.class).getString("html")));
            links.addAll(linksIn(mail.as(Fields.class).getString("text")));
            links.addAll(linksIn(mail.as(Fields.class).getMap("headers").toString()));
        }
        return links;
    }

    /** The paths on this service that a text or a page names. */
    private Set<String> linksIn(String text) {
        Set<String> found = new LinkedHashSet<>();
        Matcher link = LINK.matcher(text);
        while (link.find()) {
            String target = link.group(1) == null ? link.group(2) : link.group(1);
            String path =
                    target.replace("&amp;", "&")
                            .replace(service.base().toString(), "")
                            .replaceAll("#.*", "");
            if (path.startsWith("/") && !path.startsWith("/inbox") && !path.startsWith("/docs")) {
                found.add(path);
            }
        }
        return found;
    }

    private Set<String> openAll(Set<String> links) {
        Set<String> seen = new LinkedHashSet<>(links);
        Deque<String> ahead = new ArrayDeque<>(links);
        while (!ahead.isEmpty() && seen.size() < MOST_PAGES) {
            String path = ahead.remove();
            assertThat(scanner.head(path).statusCode()).as("HEAD " + path).isLessThan(500);
            Response page = scanner.get(path);
            assertThat(page.statusCode()).as("GET " + path).isLessThan(500);
            String behind = "<a href=\"" + page.header("Location") + "\">" + page.asString();
            linksIn(behind).stream().filter(seen::add).forEach(ahead::add);
        }
        assertThat(ahead).as("all of them were opened").isEmpty();
        return seen;
    }

    /** All that is kept of the shop and of accounts, as soon as nothing moves any more. */
    private Map<String, String> quiet(Shop shop) throws SQLException {
        Map<String, String> last = new TreeMap<>();
        try (Connection connection = TestDatabase.superuserConnection(service.database());
                Statement statement = connection.createStatement()) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> {
                        Map<String, String> now = state(statement, shop);
                        boolean same = now.equals(last);
                        last.clear();
                        last.putAll(now);
                        return same;
                    });
        }
        return new LinkedHashMap<>(last);
    }

    private static Map<String, String> state(Statement statement, Shop shop) throws SQLException {
        Map<String, String> state = new TreeMap<>();
        for (String table : ACCOUNTS) {
            state.put(table, digest(statement, "control." + table));
        }
        for (String side : List.of("live_schema", "test_schema")) {
            String schema =
                    text(
                            statement,
                            "select "
                                    + side
                                    + " from control.tenant where id = '"
                                    + shop.tenantUuid()
                                    + "'");
            Set<String> tables = new LinkedHashSet<>();
            try (ResultSet rows =
                    statement.executeQuery(
                            "select table_name from information_schema.tables where table_schema = '"
                                    + schema
                                    + "' order by 1")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            assertThat(tables)
                    .contains("member", "message", "voucher", "activity", "consent_event");
            for (String table : tables) {
                state.put(side + "." + table, digest(statement, schema + "." + table));
            }
        }
        return state;
    }

    private static String digest(Statement statement, String table) throws SQLException {
        return text(
                statement,
                "select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from "
                        + table
                        + " t");
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
