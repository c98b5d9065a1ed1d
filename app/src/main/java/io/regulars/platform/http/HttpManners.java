package io.regulars.platform.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.core.server.AbstractServerFactory;
import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;
import org.glassfish.jersey.server.ServerProperties;

/**
 * Puts the one HTTP manner on a Dropwizard application; to be called in {@code run}, before any
 * other room registers.
 */
public final class HttpManners {

    private HttpManners() {}

    /** Dropwizard's own exception mappers would answer in another shape. */
    public static void prepare(ServerFactory factory) {
        if (factory instanceof AbstractServerFactory server) {
            server.setRegisterDefaultExceptionMappers(false);
        }
    }

    /**
     * Registers everything but the resources themselves.
     *
     * @param resources whom {@code /v1/openapi.json} tells of
     */
    public static void install(Environment environment, Set<Class<?>> resources) {
        install(environment, resources, "");
    }

    /**
     * The same behind proxies.
     *
     * @param trustedProxies as {@link ClientAddresses} takes them
     */
    public static void install(
            Environment environment, Set<Class<?>> resources, String trustedProxies) {
        ObjectMapper mapper = JsonManners.configure(environment.getObjectMapper());
        filter(environment, "request-ids", new RequestIds());
        filter(environment, "client-addresses", new ClientAddresses(trustedProxies));
        filter(environment, "security-headers", new SecurityHeaders());
        filter(environment, "unread-bodies", new UnreadBody.Source());
        jersey(environment.jersey(), mapper);
        environment.jersey().register(new OpenApiResource(resources));
        environment.jersey().register(new DocsResource());
        jetty(environment, new JettyProblems(mapper));
    }

    private static void filter(Environment environment, String name, Filter filter) {
        environment
                .servlets()
                .addFilter(name, filter)
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }

    private static void jersey(JerseyEnvironment jersey, ObjectMapper mapper) {
        jersey.register(new ProblemMapper());
        jersey.register(new BodyRules(mapper));
        jersey.register(new UnreadBody());
        jersey.register(new HeadAnswers());
        jersey.register(new YamlBodies());
        jersey.register(new UnstorableParams());
        jersey.register(new KnownParams());
        jersey.register(new ParamManners());
        jersey.register(new ListCursors());
        jersey.register(PageRequests.binder());
        // What Jersey refuses without a body goes through sendError, and so gets its body from
        // JettyProblems.
        jersey.property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, false);
    }

    private static void jetty(Environment environment, JettyProblems problems) {
        environment.getApplicationContext().setErrorHandler(problems.new OfContext());
        environment.getAdminContext().setErrorHandler(problems.new OfContext());
        environment
                .lifecycle()
                .addEventListener(
                        new LifeCycle.Listener() {
                            @Override
                            public void lifeCycleStarting(LifeCycle event) {
                                if (event instanceof Server server) {
                                    server.setErrorHandler(problems.new OfServer());
                                }
                            }
                        });
    }
}
