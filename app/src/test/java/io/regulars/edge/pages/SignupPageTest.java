package io.regulars.edge.pages;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.regulars.edge.EdgeService;
import io.regulars.platform.secrets.Purpose;
import io.restassured.response.Response;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SignupPageTest {

    private static EdgeService service;

    @BeforeAll
    static void start() throws Exception {
        service = EdgeService.start(Optional.empty());
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    @Test
    void aScannerThatFollowsTheLinkOpensNothing() {
        String token = service.signUp("Scanned", "scanned@shop.example", "en");
        for (int i = 0; i < 3; i++) {
            service.http().head("/v/" + token).then().statusCode(200);
            service.http()
                    .get("/v/" + token)
                    .then()
                    .statusCode(200)
                    .body(allOf(containsString("Open your shop"), not(containsString("rk_"))));
        }
        assertThat(tenants("Scanned")).isZero();
        service.browser("en").post("/v/" + token).then().statusCode(200);
        assertThat(tenants("Scanned")).isOne();
    }

    @Test
    void theButtonShowsKeysThatWork() {
        String token = service.signUp("Keys", "keys@shop.example", "en");
        Response page = service.browser("en").post("/v/" + token);
        page.then().statusCode(200).contentType("text/html;charset=utf-8");
        String html = page.asString();
        assertThat(html)
                .contains("curl https://shops.example/v1/members")
                .contains("ten_")
                .contains("href=\"/docs\"");
        for (String side : List.of("live", "test")) {
            Matcher key = Pattern.compile("rk_" + side + "_[0-9A-Za-z]{36}").matcher(html);
            assertThat(key.find()).isTrue();
            service.http()
                    .header("Authorization", "Bearer " + key.group())
                    .get("/v1/tenant")
                    .then()
                    .statusCode(200)
                    .body(field("business_name", equalTo("Keys")));
        }
    }

    @Test
    void aUsedLinkSaysWhatToDoAndShowsNoKey() {
        String token = service.signUp("Used", "used@shop.example", "en");
        service.browser("en").post("/v/" + token).then().statusCode(200);
        for (Response again :
                List.of(
                        service.browser("en").post("/v/" + token),
                        service.browser("en").get("/v/" + token))) {
            again.then()
                    .statusCode(410)
                    .body(allOf(containsString("/v1/sessions"), not(containsString("rk_"))));
        }
        assertThat(tenants("Used")).isOne();
    }

    @Test
    void aDoubleTapOpensOneShop() {
        String token = service.signUp("Tapped", "tapped@shop.example", "en");
        List<Integer> answers =
                IntStream.range(0, 4)
                        .parallel()
                        .mapToObj(_ -> service.browser("en").post("/v/" + token).statusCode())
                        .toList();
        assertThat(answers).containsOnlyOnce(200).containsOnly(200, 410);
        assertThat(tenants("Tapped")).isOne();
    }

    @Test
    void whatIsNoLinkOfOursGetsAFriendlyPage() {
        String other = service.signer.sign(Purpose.RESET_PASSWORD, "sgn_x", Optional.empty());
        for (String token : List.of("nonsense", other, "%C3%A9", "a".repeat(3000))) {
            service.browser("en")
                    .urlEncodingEnabled(false)
                    .get("/v/" + token)
                    .then()
                    .statusCode(422)
                    .body(containsString("This link does not work"));
            service.browser("vi")
                    .urlEncodingEnabled(false)
                    .post("/v/" + token)
                    .then()
                    .statusCode(422)
                    .body(containsString("Đường dẫn này không dùng được"));
        }
    }

    @Test
    void speaksTheShopsLanguageWhateverTheBrowserAsksFor() {
        String token = service.signUp("Mây", "may@shop.example", "vi-VN");
        service.browser("en")
                .get("/v/" + token)
                .then()
                .statusCode(200)
                .header("Content-Language", "vi")
                .body(containsString("Mở cửa hàng"));
    }

    @Test
    void aNameOfMarkupIsShownAsItIs() {
        String token = service.signUp("<script>alert(1)</script>\"'&", "markup@shop.example", "en");
        for (Response page :
                List.of(
                        service.browser("en").get("/v/" + token),
                        service.browser("en").post("/v/" + token))) {
            page.then()
                    .statusCode(200)
                    .body(
                            allOf(
                                    containsString("&lt;script&gt;alert(1)&lt;/script&gt;"),
                                    not(containsString("<script"))));
        }
    }

    private static int tenants(String name) {
        return service.databases
                .control()
                .inTransaction(handle ->
                        handle.createQuery(
                                        "select count(*) from control.tenant where business_name = :name")
                                .bind("name", name)
                                .mapTo(int.class)
                                .one());
    }
}
