package io.regulars;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.testing.TestDatabase;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The dashboard and the alerts ask for metrics that there are. */
class OperationsFilesTest {

    private static final Path FOLDER =
            Path.of(System.getProperty("root.dir"), "docs", "operations");

    /** Ours and Jetty's; they begin to be there when something happens for the first time. */
    private static final Pattern NAME =
            Pattern.compile(
                    "\\b(?:regulars|mail|webhooks|lanes|jobs|stripe|reconciliation|jvm|io_dropwizard|tomcat|database)_[A-Za-z0-9_]+");

    private static final Set<String> LATER =
            Set.of(
                    "mail_unknown",
                    "mail_refused",
                    "mail_accepted",
                    "mail_deferred",
                    "webhooks_delivered",
                    "webhooks_failed",
                    "webhooks_retry",
                    "stripe_api_version_mismatch_total",
                    "stripe_events_total",
                    "stripe_events_refused_total",
                    "reconciliation_differences_total");

    @Test
    void everyMetricThatIsAskedForIsThere() throws IOException {
        int admin = ServiceUnderTest.freePort();
        try (ServiceUnderTest service =
                ServiceUnderTest.start(
                        TestDatabase.create(), Map.of("ADMIN_PORT", Integer.toString(admin)))) {
            service.signUp();
            // A job has its meters as soon as it is booked, which is soon after the start.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> everyMetricThatIsAskedForIsIn(metrics(admin)));
            Files.writeString(Path.of("target", "metrics.txt"), metrics(admin));
        }
    }

    private static String metrics(int admin) {
        return RestAssured.get("http://localhost:" + admin + "/metrics").asString();
    }

    private static void everyMetricThatIsAskedForIsIn(String metrics) throws IOException {
        Set<String> there =
                Stream.of(metrics.split("\n", -1))
                        .map(line -> line.split("[ {]", 2)[0])
                        .collect(Collectors.toSet());
        assertThat(there)
                .as("no shop is named in a metric")
                .noneMatch(name -> name.contains("ten_"));
        for (String file : new String[] {"alerts.yml", "dashboard.json"}) {
            String text = Files.readString(FOLDER.resolve(file));
            Set<String> asked =
                    NAME.matcher(text)
                            .results()
                            .map(MatchResult::group)
                            .collect(Collectors.toSet());
            assertThat(asked).isNotEmpty();
            asked.removeAll(LATER);
            assertThat(there).as(file).containsAll(asked);
        }
    }
}
