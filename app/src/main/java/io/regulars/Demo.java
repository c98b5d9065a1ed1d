package io.regulars;

import io.regulars.demo.DemoFailure;
import io.regulars.demo.DemoScenario;
import io.regulars.demo.Progress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The service with a shop in it. */
@ConsoleOutput
final class Demo {

    private Demo() {}

    static void run(Optional<Path> purchases) throws Exception {
        // Warnings only, and for people: the demo has its own words on the screen.
        Service service =
                new Service(Map.of("LOG_LEVEL", "WARN", "LOG_FORMAT", "text", "TICK", "5s"));
        service.run("server", Service.CONFIGURATION);
        String port =
                Optional.ofNullable(System.getenv("PORT")).filter(p -> !p.isEmpty()).orElse("8080");
        String dataDir =
                Optional.ofNullable(System.getenv("DATA_DIR"))
                        .filter(d -> !d.isEmpty())
                        .orElse("./var");
        try {
            DemoScenario.run(
                    URI.create("http://localhost:" + port),
                    Path.of(dataDir),
                    purchases,
                    service.clock()::now,
                    Progress.onConsole());
        } catch (DemoFailure e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
