package io.regulars.platform.retries;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.SpansTransactions;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.security.Principal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.glassfish.hk2.utilities.binding.AbstractBinder;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.model.Invocable;
import org.glassfish.jersey.server.spi.internal.ResourceMethodInvocationHandlerProvider;
import org.jspecify.annotations.Nullable;

/** Puts {@link Retries} around every POST. */
public final class RetriesFeature {

    private final Retries retries;
    private final ObjectMapper mapper;
    private final Function<Principal, Optional<Asker>> askerOf;

    /**
     * Who calls.
     *
     * @param tenant whose data the caller works on
     * @param rights the same for all who are shown the same; a key that is replaced keeps them
     */
    public record Asker(TenantRef tenant, String rights) {}

    /**
     * @param askerOf empty: a caller without a shop
     */
    public RetriesFeature(
            Retries retries, ObjectMapper mapper, Function<Principal, Optional<Asker>> askerOf) {
        this.retries = retries;
        this.mapper = mapper;
        this.askerOf = askerOf;
    }

    /** What is registered with Jersey. */
    public AbstractBinder binder() {
        RetriesFeature feature = this;
        return new AbstractBinder() {
            @Override
            protected void configure() {
                bind(feature).to(RetriesFeature.class);
                bind(AroundPosts.class).to(ResourceMethodInvocationHandlerProvider.class);
            }
        };
    }

    /**
     * Jersey's hook around resource methods; there is no filter that could hold a transaction open.
     */
    static final class AroundPosts implements ResourceMethodInvocationHandlerProvider {

        private final RetriesFeature feature;
        private final Provider<ContainerRequest> request;

        @Inject
        AroundPosts(RetriesFeature feature, Provider<ContainerRequest> request) {
            this.feature = feature;
            this.request = request;
        }

        @Override
        public @Nullable InvocationHandler create(Invocable invocable) {
            // Null means: call the method as it is.
            return invocable.getHandlingMethod().isAnnotationPresent(POST.class)
                    ? (resource, method, arguments) ->
                            feature.call(request.get(), resource, method, arguments)
                    : null;
        }
    }

    private @Nullable Object call(
            ContainerRequestContext request, Object resource, Method method, Object[] arguments)
            throws InvocationTargetException {
        String header = request.getHeaderString("Idempotency-Key");
        try {
            if (header == null || !answersJson(resource.getClass(), method)) {
                return invoke(resource, method, arguments);
            }
            Optional<Asker> asker = asker(request.getSecurityContext());
            String stranger = asker.isEmpty() ? " " + stranger(method, arguments) : "";
            KeyedCall call =
                    new KeyedCall(
                            path(request.getUriInfo().getRequestUri()) + stranger,
                            key(header),
                            fingerprint(asker.map(Asker::rights).orElse(""), method, arguments),
                            method.isAnnotationPresent(KeepsKey.class));
            Optional<TenantRef> tenant = asker.map(Asker::tenant);
            if (tenant.isEmpty()) {
                return retries.withoutTenant(call, () -> invoke(resource, method, arguments));
            }
            return method.isAnnotationPresent(SpansTransactions.class)
                    ? retries.aroundTransactions(
                            tenant.get(), call, () -> invoke(resource, method, arguments))
                    : retries.inOneTransaction(
                            tenant.get(),
                            call,
                            id -> asItIsNow(resource, request.getSecurityContext(), id),
                            () -> invoke(resource, method, arguments));
        } catch (RuntimeException e) {
            // The form in which Jersey expects what a resource method throws.
            throw new InvocationTargetException(e);
        }
    }

    private static Optional<Object> asItIsNow(
            Object resource, SecurityContext security, String id) {
        return resource instanceof AsItIsNow shown
                ? Optional.of(shown.asItIsNow(security.getUserPrincipal(), id))
                : Optional.empty();
    }

    private static String path(URI uri) {
        String query = uri.getRawQuery();
        return "POST " + uri.getRawPath() + (query == null ? "" : "?" + query);
    }

    private Optional<Asker> asker(@Nullable SecurityContext security) {
        return Optional.ofNullable(security)
                .flatMap(context -> Optional.ofNullable(context.getUserPrincipal()))
                .flatMap(askerOf);
    }

    /** Bare, or quoted as a structured-field string. */
    static String key(String header) {
        String key = header.strip();
        if (key.length() >= 2 && key.startsWith("\"") && key.endsWith("\"")) {
            key = key.substring(1, key.length() - 1);
        }
        if (key.isEmpty()
                || key.length() > 255
                || !key.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw Problem.invalid(
                    "Idempotency-Key",
                    "invalid_text",
                    "An Idempotency-Key has 1 to 255 printable ASCII characters.");
        }
        return key;
    }

    /** Puts in place of a body that is a file one that is looked at as it is read. */
    private Fingerprint fingerprint(String rights, Method method, Object[] arguments) {
        Fingerprint fingerprint = new Fingerprint(rights);
        body(method, arguments)
                .ifPresent(i -> {
                    try {
                        arguments[i] = fingerprint.of(arguments[i], mapper);
                    } catch (JsonProcessingException e) {
                        throw new IllegalStateException("no fingerprint", e);
                    }
                });
        return fingerprint;
    }

    /** Whom a call without a shop is about; no address and no token is kept in plain. */
    private String stranger(Method method, Object[] arguments) {
        OptionalInt body = body(method, arguments);
        JsonNode fields =
                body.isEmpty()
                        ? mapper.createObjectNode()
                        : mapper.valueToTree(arguments[body.getAsInt()]);
        String who = fields.path("token").asText(fields.path("email").asText(""));
        return new Fingerprint(who.strip().toLowerCase(Locale.ROOT)).whole();
    }

    /** Where the body stands; only it has no annotation. */
    private static OptionalInt body(Method method, Object[] arguments) {
        Annotation[][] annotations = method.getParameterAnnotations();
        return IntStream.range(0, arguments.length)
                .filter(i -> annotations[i].length == 0 && arguments[i] != null)
                .findFirst();
    }

    /** Pages and files are not kept to be given again: a repeat has them made anew. */
    private static boolean answersJson(Class<?> resource, Method method) {
        Produces said =
                Optional.ofNullable(method.getAnnotation(Produces.class))
                        .orElse(resource.getAnnotation(Produces.class));
        return said == null
                || Arrays.stream(said.value())
                        .anyMatch(type -> type.startsWith(MediaType.APPLICATION_JSON));
    }

    private static @Nullable Object invoke(Object resource, Method method, Object[] arguments) {
        try {
            return method.invoke(resource, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new IllegalStateException("a resource method failed", e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a resource method is not public", e);
        }
    }
}
