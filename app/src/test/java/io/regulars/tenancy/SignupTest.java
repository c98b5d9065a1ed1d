package io.regulars.tenancy;

import static io.regulars.tenancy.TenancyService.PASSWORD;
import static io.regulars.tenancy.TenancyService.signup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SignupTest {

    private static final AtomicInteger PREPARED = new AtomicInteger();
    private static volatile boolean broken;
    private static TenancyService service;

    @BeforeAll
    static void start() throws Exception {
        service =
                TenancyService.start((side, setup) -> {
                    PREPARED.incrementAndGet();
                    assertThat(setup.currency()).isEqualTo("VND");
                    assertThat(setup.businessName()).isEqualTo("Cà phê Mây");
                    if (broken) {
                        throw new IllegalStateException("the process dies here");
                    }
                });
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    @AfterEach
    void mend() {
        broken = false;
    }

    @Test
    void aVerifiedSignupHasATenantKeysAndASession() {
        String token = service.signUpAndReadToken("first@shop.example");
        assertThat(service.text("first@shop.example")).contains("Cà phê Mây").contains("24 giờ");
        Http.Answer verified = service.verify(token);
        verified.then()
                .statusCode(201)
                .body("tenant.id", startsWith("ten_"))
                .body("tenant.state", equalTo("active"))
                .body("tenant.time_zone", equalTo("Asia/Ho_Chi_Minh"))
                .body("api_keys.live.secret", startsWith("rk_live_"))
                .body("api_keys.test.secret", startsWith("rk_test_"));
        for (String secret :
                List.of(
                        verified.<String>path("api_keys.live.secret"),
                        verified.<String>path("api_keys.test.secret"),
                        verified.<String>path("session.token"))) {
            service.as(secret).get("/probe/admin").then().statusCode(200);
        }
    }

    @Test
    void theLinkIsUsedUpByTheAnswerThatShowedTheKeys() {
        String token = service.signUpAndReadToken("twice@shop.example");
        service.verify(token).then().statusCode(201);
        service.verify(token)
                .then()
                .statusCode(422)
                .body("code", equalTo("token_invalid"))
                .body("detail", containsString("already used"));
        assertThat(tenantsOf("twice@shop.example")).isOne();
    }

    @Test
    void whoHasAnAccountAlreadyIsToldThatItsPasswordStays() {
        String email = "again@shop.example";
        String first = service.signUpAndReadToken(email);
        assertThat(service.text(email)).doesNotContain("mật khẩu");
        service.verify(first).then().statusCode(201).body("password", equalTo("set"));
        String second = service.signUpAndReadToken(email);
        assertThat(service.text(email)).contains("mật khẩu");
        service.verify(second).then().statusCode(201).body("password", equalTo("kept"));
    }

    @Test
    void aFieldThatIsMissingIsRefusedOnce() {
        Map<String, Object> signup = TenancyService.signup("no-locale@shop.example");
        signup.remove("locale");
        service.http()
                .body(signup)
                .post("/v1/signups")
                .then()
                .statusCode(422)
                .body("errors.pointer", equalTo(List.of("/locale")));
    }

    @Test
    void severalVerificationsAtOnceMakeOneTenantAndShowKeysOnce() {
        String token = service.signUpAndReadToken("hasty@shop.example");
        List<Integer> answers =
                IntStream.range(0, 6)
                        .parallel()
                        .mapToObj(i -> service.verify(token).statusCode())
                        .toList();
        assertThat(answers).containsOnlyOnce(201).containsOnly(201, 422);
        assertThat(tenantsOf("hasty@shop.example")).isOne();
    }

    @Test
    void aVerificationThatWasCutShortIsTakenUpByTheSameLink() {
        String token = service.signUpAndReadToken("unlucky@shop.example");
        broken = true;
        service.verify(token).then().statusCode(500);
        assertThat(
                        service.count(
                                "select count(*) from control.tenant where live_prepared_at is null"))
                .isOne();
        assertThat(service.module.directory().after(java.util.Optional.empty(), 200))
                .allSatisfy(ref -> assertThat(prepared(ref.schema())).isTrue());
        broken = false;
        int before = PREPARED.get();
        service.verify(token).then().statusCode(201);
        assertThat(PREPARED.get()).isEqualTo(before + 1);
        assertThat(tenantsOf("unlucky@shop.example")).isOne();
    }

    @Test
    void theAnswerIsTheSameForAKnownAddress() {
        service.shop("known@shop.example");
        Http.Answer known = service.http().body(signup("Known@shop.example")).post("/v1/signups");
        Http.Answer fresh = service.http().body(signup("fresh@shop.example")).post("/v1/signups");
        for (Http.Answer answer : List.of(known, fresh)) {
            answer.then()
                    .statusCode(202)
                    .body("status", equalTo("verification_sent"))
                    .body("id", startsWith("sgn_"));
            assertThat(answer.jsonPath().getMap("$")).hasSize(2);
        }
    }

    @Test
    void anAddressMayOwnSeveralShopsAndKeepsItsPassword() {
        TenancyService.Shop one = service.shop("chain@shop.example");
        Map<String, Object> second = signup("chain@shop.example");
        second.put("password", "quite another password");
        service.http().body(second).post("/v1/signups").then().statusCode(202);
        Http.Answer verified = service.verify(service.tokenOfMail("chain@shop.example", 2));
        String other = verified.path("tenant.id");
        assertThat(other).isNotEqualTo(one.id().toString());
        service.http()
                .body(Map.of("email", "chain@shop.example", "password", PASSWORD, "tenant", other))
                .post("/v1/sessions")
                .then()
                .statusCode(201)
                .body("tenant.id", equalTo(other))
                .body("tenants.id", equalTo(List.of(one.id().toString(), other)));
        service.http()
                .body(Map.of("email", "chain@shop.example", "password", "quite another password"))
                .post("/v1/sessions")
                .then()
                .statusCode(401);
    }

    @Test
    void nobodysMailboxIsFilledBySignupsAndResetsInTheirName() {
        String victim = "victim@shop.example";
        for (int i = 0; i < 8; i++) {
            service.http()
                    .body(TenancyService.signup(victim))
                    .post("/v1/signups")
                    .then()
                    .statusCode(202)
                    .body("status", equalTo("verification_sent"));
            service.forget(victim).then().statusCode(202);
        }
        for (String template : List.of("signup_verification", "password_reset")) {
            assertThat(
                            service.count(
                                    "select count(*) from control.account_mail where recipient = '"
                                            + victim
                                            + "' and template = '"
                                            + template
                                            + "'"))
                    .as(template)
                    .isEqualTo(5);
        }
    }

    @Test
    void aShopsNameIsNoMessageToWhoeverGetsTheMail() {
        for (String name :
                List.of(
                        "You won, claim at https://evil.example",
                        "www.evil.example",
                        "claim@evil.example")) {
            Map<String, Object> body = TenancyService.signup("named@shop.example");
            body.put("business_name", name);
            service.http()
                    .body(body)
                    .post("/v1/signups")
                    .then()
                    .statusCode(422)
                    .body("errors[0].pointer", equalTo("/business_name"))
                    .body("errors[0].code", equalTo("holds_address"));
        }
    }

    @Test
    void everyWrongFieldIsNamed() {
        Map<String, Object> body = signup("nowhere");
        body.put("password", "short");
        body.put("country", "XX");
        body.put("time_zone", "Mars/Olympus");
        body.put("locale", "tlh");
        body.put("currency", "XAU");
        body.put("preset", "unheard-of");
        body.remove("business_name");
        Http.Answer answer = service.http().body(body).post("/v1/signups");
        assertThat(answer.statusCode()).isEqualTo(422);
        List<String> pointers = answer.path("errors.pointer");
        assertThat(pointers)
                .containsExactlyInAnyOrder(
                        "/email",
                        "/password",
                        "/business_name",
                        "/country",
                        "/time_zone",
                        "/locale",
                        "/currency",
                        "/preset");
        List<String> codes = answer.path("errors.code");
        assertThat(codes)
                .contains(
                        "invalid_email",
                        "too_short",
                        "required",
                        "unknown_country",
                        "unknown_time_zone",
                        "unknown_locale",
                        "unknown_currency",
                        "unknown_preset");
    }

    @Test
    void aForgedLinkIsRefused() {
        service.verify("AAAA").then().statusCode(422).body("code", equalTo("token_invalid"));
        service.http().body(Map.of()).post("/v1/signups/verify").then().statusCode(422);
    }

    @Test
    void noSecretIsKeptInPlain() {
        TenancyService.Shop shop = service.shop("secretive@shop.example");
        for (String table : List.of("api_key", "session", "signup", "app_user", "account_mail")) {
            List<String> rows =
                    service.databases
                            .control()
                            .inTransaction(handle ->
                                    handle.createQuery(
                                                    "select x::text from control." + table + " x")
                                            .mapTo(String.class)
                                            .list());
            assertThat(rows)
                    .isNotEmpty()
                    .allSatisfy(row ->
                            assertThat(row)
                                    .doesNotContain(shop.liveKey(), shop.session(), PASSWORD));
        }
    }

    private static boolean prepared(String schema) {
        return service.count(
                        "select count(*) from control.tenant where live_schema = '"
                                + schema
                                + "' and live_prepared_at is not null or test_schema = '"
                                + schema
                                + "' and test_prepared_at is not null")
                == 1;
    }

    private static int tenantsOf(String email) {
        return service.count(
                "select count(*) from control.membership m join control.app_user u on u.id = m.user_id where u.email = '"
                        + email
                        + "'");
    }
}
