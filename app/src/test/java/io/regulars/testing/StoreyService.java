package io.regulars.testing;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Environment;
import io.regulars.platform.db.DatabaseSettings;
import io.regulars.platform.db.Databases;
import io.regulars.platform.http.HttpManners;
import io.regulars.platform.secrets.SecretText;
import io.regulars.platform.secrets.Signer;
import io.regulars.platform.smtp.CaptureServer;
import io.regulars.platform.smtp.Inbox;
import io.regulars.platform.smtp.Mailbox;
import io.regulars.platform.smtp.Relay;
import io.regulars.platform.templates.Templates;
import io.regulars.tenancy.TenancyModule;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/**
 * One storey over HTTP, on loopback, with a real database and a real SMTP server behind it, and
 * without the rest of the house.
 */
public abstract class StoreyService extends Application<Configuration> implements AutoCloseable {

    protected static final URI PUBLIC_URL = URI.create("https://shops.example/");

    public final DatabaseSettings settings;
    public final Databases databases;
    public final Signer signer = new Signer(new SecretText("a key that only tests have"));
    public final Inbox inbox;
    public final Relay relay;
    private final CaptureServer capture;
    private @Nullable Server server;

    protected StoreyService() throws Exception {
        DatabaseSettings fresh = TestDatabase.create();
        settings =
                new DatabaseSettings(
                        fresh.owner(), fresh.app(), 8, 256, fresh.maxConnectionAge(), true, 1);
        databases = Databases.open(settings, TestClock.CLOCK, new MetricRegistry());
        inbox = new Inbox(Files.createTempDirectory("inbox"), TestClock.CLOCK::now);
        capture = CaptureServer.start(inbox);
        relay = new Relay(capture.url());
    }

    /** What tenancy takes from outside. */
    protected final TenancyModule.Outside tenancyOutside() {
        return new TenancyModule.Outside(
                databases,
                TestClock.CLOCK,
                signer,
                relay,
                new Templates(),
                new Mailbox("Regulars", "no-reply@shops.example"),
                PUBLIC_URL,
                64,
                TenancyModule.Terms.FREE);
    }

    /** Registers the storey's endpoints. */
    protected abstract void register(Environment environment);

    protected final void listen() throws Exception {
        Path config =
                TempFile.yaml(
                        """
                        server:
                          applicationConnectors: [{type: http, port: 0, bindHost: 127.0.0.1}]
                          adminConnectors: [{type: http, port: 0, bindHost: 127.0.0.1}]
                          requestLog: {appenders: []}
                        logging: {level: ERROR, appenders: [{type: console}]}
                        """);
        run("server", config.toString());
    }

    @Override
    public final void run(Configuration configuration, Environment environment) {
        HttpManners.prepare(configuration.getServerFactory());
        HttpManners.install(environment, Set.of());
        register(environment);
        environment.lifecycle().addServerLifecycleListener(started -> server = started);
    }

    @Override
    protected final void onFatalError(Throwable failure) {
        throw new IllegalStateException(failure);
    }

    public final int port() {
        return port(0);
    }

    protected final int adminPort() {
        return port(1);
    }

    private int port(int connector) {
        return ((ServerConnector) server().getConnectors()[connector]).getLocalPort();
    }

    private Server server() {
        return Objects.requireNonNull(server, "not started");
    }

    @Override
    public final void close() throws Exception {
        server().stop();
        relay.close();
        capture.close();
        databases.close();
    }
}
