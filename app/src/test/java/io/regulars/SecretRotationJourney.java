package io.regulars;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.platform.db.DatabaseSettings;
import io.regulars.testing.TestDatabase;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * A new key is put before the old one; links that are out go on working until the old one is gone.
 */
class SecretRotationJourney {

    private static final String OLD = "the old key that everybody has seen";
    private static final String NEW = "the new key that nobody has seen yet";

    @Test
    void aLinkOutlivesTheChangeOfTheKeyAndNotItsEnd() throws IOException {
        DatabaseSettings database = TestDatabase.create();
        String dataDir = Files.createTempDirectory("rotation").toString();
        try (ServiceUnderTest service =
                ServiceUnderTest.start(database, Map.of("SECRET_KEY", OLD, "DATA_DIR", dataDir))) {
            signUp(service, "one@rotation.example");
            signUp(service, "two@rotation.example");
        }
        try (ServiceUnderTest service =
                ServiceUnderTest.start(
                        database, Map.of("SECRET_KEY", NEW + "," + OLD, "DATA_DIR", dataDir))) {
            assertThat(verify(service, "one@rotation.example")).isEqualTo(201);
            signUp(service, "three@rotation.example");
        }
        try (ServiceUnderTest service =
                ServiceUnderTest.start(database, Map.of("SECRET_KEY", NEW, "DATA_DIR", dataDir))) {
            assertThat(verify(service, "two@rotation.example")).isEqualTo(422);
            assertThat(verify(service, "three@rotation.example")).isEqualTo(201);
        }
    }

    private static void signUp(ServiceUnderTest service, String email) {
        service.api()
                .contentType(ContentType.JSON)
                .body(ServiceUnderTest.signup("Shop", email))
                .post("/v1/signups")
                .then()
                .statusCode(202);
        Awaitility.await().until(() -> !service.newestMail(email).isEmpty());
    }

    private static int verify(ServiceUnderTest service, String email) {
        return service.api()
                .contentType(ContentType.JSON)
                .body(Map.of("token", service.token(email)))
                .post("/v1/signups/verify")
                .statusCode();
    }
}
