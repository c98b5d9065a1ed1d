package io.regulars.edge.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;

import io.regulars.edge.EdgeService;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class InboxTokenTest {

    private static final String TOKEN = "printed-at-the-start-4711";
    private static EdgeService service;

    @BeforeAll
    static void start() throws Exception {
        service = EdgeService.start(Optional.of(TOKEN));
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    @Test
    void nobodyPassesWithoutTheToken() {
        for (String path :
                List.of(
                        "/inbox",
                        "/inbox/messages",
                        "/inbox/messages/000000000000001",
                        "/inbox/messages/000000000000001/html",
                        "/inbox/messages?token=wrong",
                        "/inbox/messages?token=")) {
            service.http().get(path).then().statusCode(401);
            service.http()
                    .header("Authorization", "Bearer " + TOKEN + "x")
                    .cookie(InboxGuard.COOKIE, "wrong")
                    .get(path)
                    .then()
                    .statusCode(401);
        }
        service.browser("en")
                .get("/inbox")
                .then()
                .statusCode(401)
                .body(containsString("This page needs a token"));
    }

    @Test
    void theTokenOpensInTheAddressInTheHeaderAndFromThenOnByCookie() {
        service.http()
                .header("Authorization", "Bearer " + TOKEN)
                .get("/inbox/messages")
                .then()
                .statusCode(200);
        String cookie =
                service.browser("en")
                        .queryParam("token", TOKEN)
                        .get("/inbox")
                        .then()
                        .statusCode(200)
                        .extract()
                        .header("Set-Cookie");
        assertThat(cookie)
                .startsWith(InboxGuard.COOKIE + "=")
                .containsIgnoringCase("HttpOnly")
                .containsIgnoringCase("SameSite=Strict")
                .contains("Path=/inbox");
        service.http()
                .header("Cookie", cookie.substring(0, cookie.indexOf(';')))
                .get("/inbox/messages")
                .then()
                .statusCode(200);
    }

    @Test
    void aWrongTokenIsNotRemembered() {
        assertThat(
                        service.http()
                                .queryParam("token", "wrong")
                                .get("/inbox")
                                .headers()
                                .hasHeaderWithName("Set-Cookie"))
                .isFalse();
    }

    @Test
    void withTheTokenAnyNameOfTheMachineWillDo() {
        service.http()
                .header("Host", "shop.internal:8080")
                .header("Authorization", "Bearer " + TOKEN)
                .get("/inbox/messages")
                .then()
                .statusCode(200);
    }

    @Test
    void aTokenThatCanBeGuessedIsRefusedAtStart() {
        assertThatThrownBy(() -> new InboxGuard(Optional.of("")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
