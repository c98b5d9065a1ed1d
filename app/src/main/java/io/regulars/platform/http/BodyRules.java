package io.regulars.platform.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives each endpoint its limit, and a body where its signature needs one and only there. */
final class BodyRules implements DynamicFeature {

    /** Ahead of everything that may read the body. */
    private static final int FIRST = 10;

    private final ObjectMapper mapper;

    BodyRules(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Method method = resource.getResourceMethod();
        if (Endpoints.body(method).isEmpty()) {
            if (Endpoints.wantsNoBody(method)) {
                context.register(new BodyLimit(BodyLimit.DEFAULT_BYTES), FIRST);
                // Behind the question who is calling.
                context.register(new NotWanted(mapper), Priorities.ENTITY_CODER);
            }
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

    /** What nobody looks at must not look as if it said something. */
    private record NotWanted(ObjectMapper mapper) implements ContainerRequestFilter {

        private record Nothing() {}

        @Override
        public void filter(ContainerRequestContext request) throws IOException {
            byte[] body = request.getEntityStream().readAllBytes();
            if (!new String(body, StandardCharsets.UTF_8).isBlank()) {
                Nothing _ = mapper.readValue(body, Nothing.class);
            }
        }
    }
}
