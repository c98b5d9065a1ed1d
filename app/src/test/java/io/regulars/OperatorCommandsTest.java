package io.regulars;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.regulars.platform.db.DatabaseSettings;
import io.regulars.platform.db.Side;
import io.regulars.testing.Fields;
import io.regulars.testing.TakesLong;
import io.regulars.testing.TestDatabase;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's commands, as they are typed beside a running service. */
@TakesLong
class OperatorCommandsTest {

    private static final int FIRST_DAY = 3;

    private static ServiceUnderTest service;
    private static Settings settings;

    @TempDir Path temp;

    @BeforeAll
    static void start() throws Exception {
        DatabaseSettings database = TestDatabase.create();
        service =
                ServiceUnderTest.start(
                        database,
                        Map.of(
                                "FIRST_SENDS",
                                Integer.toString(FIRST_DAY),
                                // Ten in the morning in Vietnam: no quiet hours.
                                "CLOCK_START",
                                "2027-03-01T03:00:00Z"));
        settings =
                Maintenance.settings(
                        ServiceUnderTest.environment(database, ServiceUnderTest.freePort())::get);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aNewShopSendsAFewMailsADayAndMoreWhenTheyArriveWell() throws Exception {
        Shop shop = welcomingShop();
        for (int i = 1; i <= FIRST_DAY + 2; i++) {
            enrol(shop, "m" + i);
        }
        has(shop, "sent", FIRST_DAY);
        has(shop, "planned", 2);
        shop.live()
                .get("/v1/messages?state=planned&limit=1")
                .then()
                .body(field("data[0].reason", equalTo("first_sends")))
                .body(field("data[0].due_at", startsWith("2027-03-02T03:")));
        assertThat(shop.live().get("/v1/tenant/checklist").<String>path(detail("first_sends")))
                .contains("at most 3 advertising mails today");
        aDayPasses(shop);
        enrol(shop, "m6");
        has(shop, "sent", FIRST_DAY + 3);
    }

    @Test
    void mailsThatAreTriedOutAreOfANewShopsFirst() {
        Shop shop = welcomingShop();
        String campaign = shop.live().get("/v1/campaigns").path("data[0].id");
        for (int i = 1; i <= FIRST_DAY; i++) {
            tries(shop, campaign, i).statusCode(202);
        }
        tries(shop, campaign, FIRST_DAY + 1)
                .statusCode(429)
                .body(field("detail", startsWith("A new shop sends at most 3 mails today")));
        enrol(shop, "late");
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() ->
                        shop.live()
                                .get("/v1/messages")
                                .then()
                                .body(field("data[0].reason", equalTo("first_sends"))));
    }

    private static ValidatableResponse tries(Shop shop, String campaign, int number) {
        return shop.live()
                .body(Map.of("to", number + shop.email()))
                .post("/v1/campaigns/{id}/test-send", campaign)
                .then();
    }

    @Test
    void aTrustedShopSendsAsMuchAsItLikes() throws Exception {
        Shop shop = welcomingShop();
        assertThat(operator("trust", shop.tenantId())).isEmpty();
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        shop.live().get("/v1/tenant/checklist").path(detail("first_sends"))
                                == null);
        for (int i = 1; i <= FIRST_DAY + 2; i++) {
            enrol(shop, "m" + i);
        }
        has(shop, "sent", FIRST_DAY + 2);
        assertThat(operator("list")).containsPattern(shop.tenantId() + "\tactive\t.*\ttrusted\t");
    }

    @Test
    void heldMailWaitsUntilTheOperatorLetsItGo() throws Exception {
        Shop shop = welcomingShop();
        operator("hold", shop.tenantId(), "Call", "us", "about your list.");
        await().atMost(Duration.ofSeconds(10))
                .until(
                        () -> shop.live().get("/v1/tenant").path("sending_held_because"),
                        equalTo("Call us about your list."));
        enrol(shop, "m1");
        String campaign = shop.live().get("/v1/campaigns").path("data[0].id");
        shop.liveCalls()
                .post(
                        "/v1/campaigns/" + campaign + "/test-send",
                        Map.of("to", "anybody@example.com"),
                        409);
        // The shop's own switch does not open what the operator has shut.
        shop.liveCalls().post("/v1/sending/resume", 200);
        has(shop, "planned", 1);
        assertThat(shop.live().get("/v1/tenant/checklist").<String>path(detail("sending")))
                .contains("Call us about your list.");
        assertThat(operator("list")).containsPattern(shop.tenantId() + "\tactive\t.*\theld\t");
        operator("release", shop.tenantId());
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        shop.live()
                                .get("/v1/tenant")
                                .then()
                                .body(field("sending_held_because", nullValue())));
        enrol(shop, "m2");
        has(shop, "sent", 2);
        assertThat(
                        shop.live()
                                .get("/v1/audit-log")
                                .as(Fields.class)
                                .getList(
                                        "data.findAll{it.target == '%s'}.action"
                                                .formatted(shop.tenantId())))
                .contains("sending.held", "sending.released");
    }

    @Test
    void aShopFromAnAddressForTenMinutesIsLetInAndMarked() throws Exception {
        String email = "quick@mailinator.com";
        service.api()
                .contentType(ContentType.JSON)
                .body(ServiceUnderTest.signup("Quick", email))
                .post("/v1/signups")
                .then()
                .statusCode(202);
        String tenant =
                service.api()
                        .contentType(ContentType.JSON)
                        .body(Map.of("token", service.token(email)))
                        .post("/v1/signups/verify")
                        .then()
                        .statusCode(201)
                        .extract()
                        .as(Fields.class)
                        .get("tenant.id");
        assertThat(operator("list")).containsPattern(tenant + "\tactive\t.*\tdisposable\tQuick");
    }

    @Test
    void aShopIsSuspendedAndResumed() throws Exception {
        Shop shop = service.signUp();
        operator("suspend", shop.tenantId());
        answers(shop, 403);
        operator("resume", shop.tenantId());
        answers(shop, 200);
    }

    @Test
    void aShopIsWrittenToAFileAndComesOutAsAnother() throws Exception {
        Shop shop = service.signUp();
        Shop.enrol(shop.liveCalls(), Map.of("external_id", "lan"));
        operator("hold", shop.tenantId(), "Call us.");
        String file = temp.resolve("shop.zip").toString();
        assertThat(operator("export", shop.tenantId(), file)).contains(shop.tenantId());
        String said = operator("restore", file, "heir@shop.example");
        String key = said.replaceAll("(?s).*live key: (\\S+).*", "$1");
        service.rawApi()
                .header("Authorization", "Bearer " + key)
                .get("/v1/members/ext:lan")
                .then()
                .statusCode(200);
        // What the operator holds is held wherever it goes, and who took it there is known.
        service.rawApi()
                .header("Authorization", "Bearer " + key)
                .get("/v1/tenant")
                .then()
                .body(field("sending_held_because", equalTo("Call us.")));
        service.rawApi()
                .header("Authorization", "Bearer " + key)
                .get("/v1/audit-log")
                .then()
                .body(
                        "data.find{it.action == 'tenant.restored'}.after.from",
                        equalTo(shop.tenantId()));
        assertThat(exports(shop)).containsExactly("service");
        shop.live().post("/v1/tenant/export").then().statusCode(200);
        assertThat(exports(shop)).hasSize(2).first().asString().startsWith("key_");
    }

    /** Who asked for everything of the shop, the last first. */
    private static List<String> exports(Shop of) {
        return of.live()
                .get("/v1/audit-log")
                .as(Fields.class)
                .getList("data.findAll{it.action == 'tenant.exported'}.actor");
    }

    @Test
    void schemasAreUpToDateAndPointsAddUp() throws Exception {
        service.signUp();
        assertThat(said(() -> Maintenance.planMigration(settings)))
                .contains("0 schemas are behind");
        assertThat(said(() -> Maintenance.migrate(settings))).contains("0 schemas were upgraded");
        assertThat(said(() -> Maintenance.check(settings))).contains(", 0 differences found");
    }

    /** With a welcome that carries an offer, and so is advertising. */
    private static Shop welcomingShop() {
        Shop shop = service.signUp();
        Shop.publish(shop.liveCalls(), Shop.program("VND", 10_000));
        Shop.campaign(
                shop.liveCalls(),
                Map.of(
                        "name", "Welcome",
                        "kind", "welcome",
                        "offer", Map.of("reward", "birthday_treat")));
        return shop;
    }

    private static void enrol(Shop shop, String name) {
        Shop.enrol(
                shop.liveCalls(),
                Map.of("email", name + "@members.example", "consents", Shop.consent()));
    }

    private static void has(Shop shop, String state, int messages) {
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() ->
                        assertThat(
                                        shop.live()
                                                .get("/v1/messages?state=" + state)
                                                .<List<?>>path("data"))
                                .as(() -> shop.live().get("/v1/messages").asString())
                                .hasSize(messages));
    }

    /** As if what went today had gone yesterday. */
    private static void aDayPasses(Shop shop) {
        for (String column : List.of("sent_at", "due_at")) {
            TestDatabase.change(
                    service.database(),
                    "update %1$s.message set %2$s = %2$s - interval '1 day'"
                            .formatted(shop.schema(Side.LIVE), column));
        }
    }

    private static void answers(Shop shop, int status) {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> shop.raw().get("/v1/tenant").statusCode(), equalTo(status));
    }

    private static String detail(String item) {
        return "items.find{it.key == '%s'}?.detail".formatted(item);
    }

    private static String operator(String... words) throws Exception {
        return said(() -> TenantCommands.run(List.of(words), settings));
    }

    private interface Command {
        void run() throws Exception;
    }

    private static String said(Command command) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(ofThisThread(said, before), true, StandardCharsets.UTF_8));
        try {
            command.run();
        } finally {
            System.setOut(before);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    /** Other classes run at the same time; what they say goes on to where it went. */
    private static OutputStream ofThisThread(OutputStream mine, OutputStream others) {
        Thread me = Thread.currentThread();
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                whose().write(b);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                whose().write(bytes, from, length);
            }

            private OutputStream whose() {
                return Thread.currentThread().equals(me) ? mine : others;
            }
        };
    }
}
