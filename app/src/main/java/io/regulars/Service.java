package io.regulars;

import com.codahale.metrics.health.HealthCheck;
import io.dropwizard.configuration.ResourceConfigurationSourceProvider;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.ServerCommand;
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
import net.sourceforge.argparse4j.inf.Namespace;
import org.apache.commons.text.StringSubstitutor;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service as Dropwizard starts it. */
final class Service extends Application<Settings> {

    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    /** Inside the jar; it takes everything from the environment. */
    static final String CONFIGURATION = "config/regulars.yml";

    private final Map<String, String> overrides;
    private @Nullable Clock clock;
    private @Nullable Server server;
    private @Nullable Storage opened;

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

    /** Dropwizard's own would print a stack trace over what a person should read. */
    @Override
    protected void addDefaultCommands(Bootstrap<Settings> bootstrap) {
        bootstrap.addCommand(
                new ServerCommand<>(this) {
                    @Override
                    public void onError(Cli cli, @Nullable Namespace namespace, Throwable e) {
                        // The main program says what went wrong.
                    }
                });
    }

    /** A start that failed leaves nothing behind: its own database would live on without it. */
    @Override
    protected void onFatalError(Throwable e) {
        if (opened != null) {
            opened.close();
        }
        throw new IllegalStateException(e.getMessage(), e);
    }

    @Override
    public void run(Settings settings, Environment environment) {
        PostOffice.checkClock(settings);
        Clock serviceClock = clock(settings);
        clock = serviceClock;
        environment
                .lifecycle()
                .addServerLifecycleListener(started -> {
                    server = started;
                    LOG.info(
                            "Regulars is ready at {}, its API is described at {}/docs",
                            settings.publicUrl(),
                            settings.publicUrl());
                });
        HttpManners.prepare(settings.getServerFactory());
        HttpManners.install(environment, House.resources(), settings.network().trustedProxies());
        FreePorts.check(settings);
        Storage storage = Storage.open(settings, serviceClock, environment.metrics());
        opened = storage;
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
        return Variables.present(
                name, Optional.ofNullable(overrides.get(name)).orElse(System.getenv(name)));
    }
}
