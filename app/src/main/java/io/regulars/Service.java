package io.regulars;

import com.codahale.metrics.health.HealthCheck;
import io.dropwizard.configuration.ResourceConfigurationSourceProvider;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.prometheus.metrics.exporter.servlet.jakarta.PrometheusMetricsServlet;
import io.prometheus.metrics.instrumentation.dropwizard.DropwizardExports;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.regulars.platform.http.HttpManners;
import io.regulars.platform.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.text.StringSubstitutor;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;

/** The service as Dropwizard starts it. */
final class Service extends Application<Settings> {

    /** Inside the jar; it takes everything from the environment. */
    static final String CONFIGURATION = "config/regulars.yml";

    private final Map<String, String> overrides;
    private @Nullable Clock clock;
    private @Nullable Server server;

    /**
     * @param overrides stand before the environment
     */
    Service(Map<String, String> overrides) {
        this.overrides = overrides;
    }

    @Override
    public String getName() {
        return "regulars";
    }

    @Override
    public void initialize(Bootstrap<Settings> bootstrap) {
        StringSubstitutor environment = new StringSubstitutor(this::variable);
        environment.setEnableUndefinedVariableException(false);
        bootstrap.setConfigurationSourceProvider(
                new SubstitutingSourceProvider(
                        new ResourceConfigurationSourceProvider(), environment));
    }

    @Override
    public void run(Settings settings, Environment environment) {
        PostOffice.checkClock(settings);
        Clock serviceClock = clock(settings);
        clock = serviceClock;
        environment.lifecycle().addServerLifecycleListener(started -> server = started);
        HttpManners.prepare(settings.getServerFactory());
        HttpManners.install(environment, House.resources());
        Storage storage = Storage.open(settings, serviceClock, environment.metrics());
        environment.lifecycle().manage(storage);
        PostOffice postOffice = new PostOffice(settings, serviceClock);
        environment.lifecycle().manage(postOffice);
        metrics(environment);
        environment
                .healthChecks()
                .register(
                        "database",
                        new HealthCheck() {
                            @Override
                            protected Result check() {
                                return storage.databases().isReachable()
                                        ? Result.healthy()
                                        : Result.unhealthy("not reachable");
                            }
                        });
        new House(settings, storage, postOffice, serviceClock, environment.metrics())
                .moveIn(environment, settings);
    }

    /** The clock of the running service. */
    Clock clock() {
        return Optional.ofNullable(clock).orElseThrow();
    }

    /**
     * Ends the running service: requests, lanes, jobs, connections, and its own database if it has
     * one.
     */
    void stop() throws Exception {
        if (server != null) {
            server.stop();
        }
    }

    static Clock clock(Settings settings) {
        if (settings.clockStart().isEmpty()) {
            return Clock.system();
        }
        try {
            return Clock.startingAt(Optional.of(Instant.parse(settings.clockStart())));
        } catch (DateTimeParseException e) {
            throw new SettingsProblem("CLOCK_START must be a time like 2026-11-22T08:59:00Z");
        }
    }

    private static void metrics(Environment environment) {
        PrometheusRegistry registry = new PrometheusRegistry();
        DropwizardExports.builder().dropwizardRegistry(environment.metrics()).register(registry);
        environment
                .admin()
                .addServlet("prometheus", new PrometheusMetricsServlet(registry))
                .addMapping("/metrics");
    }

    private @Nullable String variable(String name) {
        String override = overrides.get(name);
        return override != null ? override : System.getenv(name);
    }
}
