package io.regulars.platform.http;

import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives each endpoint its limit, and a body where its signature needs one. */
final class BodyRules implements DynamicFeature {

    /** Ahead of everything that may read the body. */
    private static final int FIRST = 10;

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Method method = resource.getResourceMethod();
        if (Endpoints.body(method).isEmpty()) {
            return;
        }
        context.register(new BodyLimit(limit(resource)), FIRST);
        if (Endpoints.needsBody(method)) {
            context.register(new Needed(), FIRST);
        }
    }

    private static long limit(ResourceInfo resource) {
        return Optional.ofNullable(resource.getResourceMethod().getAnnotation(LargeBody.class))
                .or(() ->
                        Optional.ofNullable(
                                resource.getResourceClass().getAnnotation(LargeBody.class)))
                .map(LargeBody::value)
                .orElse(BodyLimit.DEFAULT_BYTES);
    }

    /** An empty body and a bare {@code null} both arrive as null. */
    private static final class Needed implements ReaderInterceptor {
        @Override
        public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
            @Nullable Object body = context.proceed();
            if (body == null) {
                throw Problem.of(
                        ProblemType.BODY_MISSING, "This call needs a body, such as a JSON object.");
            }
            return body;
        }
    }
}
