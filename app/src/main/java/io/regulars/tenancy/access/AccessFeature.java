package io.regulars.tenancy.access;

import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.LiveOnly;
import io.regulars.platform.http.NotLimited;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.Method;
import java.util.Optional;

/**
 * Puts a guard before every endpoint. One that does not say who may call it keeps the service from
 * starting; the framework's own (answers to OPTIONS) tell nothing and need none.
 */
public final class AccessFeature implements DynamicFeature {

    private final Authentication authentication;

    private final RequestLimits limits;

    public AccessFeature(Authentication authentication, RequestLimits limits) {
        this.authentication = authentication;
        this.limits = limits;
    }

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Method method = resource.getResourceMethod();
        if (method.getDeclaringClass().getName().startsWith("org.glassfish.jersey.")) {
            return;
        }
        Audience audience =
                Optional.ofNullable(method.getAnnotation(AllowedTo.class))
                        .orElseThrow(() ->
                                new IllegalStateException(method + " does not say who may call it"))
                        .value();
        if (audience != Audience.ANYONE) {
            context.register(
                    new Guard(
                            authentication,
                            audience,
                            method.isAnnotationPresent(LiveOnly.class),
                            limits),
                    Priorities.AUTHENTICATION);
        } else if (!resource.getResourceClass().isAnnotationPresent(NotLimited.class)) {
            context.register(new StrangerGuard(limits), Priorities.AUTHENTICATION);
        }
    }
}
