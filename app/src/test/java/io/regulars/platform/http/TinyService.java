package io.regulars.platform.http;

import io.dropwizard.auth.AuthValueFactoryProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Environment;
import io.regulars.testing.TempFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.Principal;
import java.util.Objects;
import java.util.Set;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/** A Dropwizard application with nothing but the manners and {@link TinyResource}. */
final class TinyService extends Application<Configuration> implements AutoCloseable {

    static final Set<Class<?>> RESOURCES = Set.of(TinyResource.class);

    private @Nullable Server server;

    static TinyService start() throws Exception {
        TinyService service = new TinyService();
        service.run("server", config().toString());
        return service;
    }

    private static Path config() {
        return TempFile.yaml(
                """
                server:
                  applicationConnectors: [{type: http, port: 0, bindHost: 127.0.0.1}]
                  adminConnectors: [{type: http, port: 0, bindHost: 127.0.0.1}]
                  requestLog: {appenders: []}
                logging: {level: WARN, appenders: [{type: console}]}
                """);
    }

    @Override
    public void run(Configuration configuration, Environment environment) {
        HttpManners.prepare(configuration.getServerFactory());
        HttpManners.install(environment, RESOURCES);
        environment.jersey().register(new TinyResource());
        environment.jersey().register(new AuthValueFactoryProvider.Binder<>(Principal.class));
        environment.lifecycle().addServerLifecycleListener(started -> server = started);
    }

    @Override
    protected void onFatalError(Throwable failure) {
        // Dropwizard would end the JVM, and the other tests with it.
        throw new IllegalStateException(failure);
    }

    int port() {
        return ((ServerConnector) server().getConnectors()[0]).getLocalPort();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
    }

    private Server server() {
        return Objects.requireNonNull(server, "not started");
    }

    @Override
    public void close() throws Exception {
        server().stop();
    }
}
