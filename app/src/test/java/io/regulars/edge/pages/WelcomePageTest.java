package io.regulars.edge.pages;

import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;

import io.regulars.edge.EdgeService;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WelcomePageTest {

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
    void theBareAddressSaysWhatThisIsAndWhereToGo() {
        service.browser("en")
                .get("/")
                .then()
                .statusCode(200)
                .body(allOf(containsString("href=\"/docs\""), containsString("href=\"/inbox\"")));
        service.browser("vi-VN,vi;q=0.9,en;q=0.8")
                .get("/")
                .then()
                .statusCode(200)
                .body(containsString("khách quen"));
    }

    @Test
    void browsersGetAnIcon() {
        service.http()
                .header("Accept", "image/avif,image/webp,image/svg+xml,*/*;q=0.8")
                .get("/favicon.ico")
                .then()
                .statusCode(200)
                .contentType("image/svg+xml");
    }

    @Test
    void otherAddressesStayProblemsAsElsewhere() {
        service.http()
                .get("/nothing/here")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }
}
