package io.regulars.platform.http;

import io.swagger.v3.core.util.ParameterProcessor;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Describes one resource method: everything from its signature and from {@link Returns} and {@link
 * AllowedTo}.
 */
@SuppressWarnings("rawtypes") // swagger-core's Schema has a type parameter that nobody fills
final class OpenApiOperations {

    static final String BEARER = "bearer";
    private static final String JSON = "application/json";

    /** Said once in the components, and referred to. */
    private static final List<String> PAGING = List.of(PageRequests.LIMIT, PageRequests.CURSOR);

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final OpenApiSchemas schemas;

    OpenApiOperations(OpenApiSchemas schemas) {
        this.schemas = schemas;
    }

    Operation describe(Class<?> resource, Method method, String httpMethod) {
        Operation operation = new Operation().operationId(id(resource, method));
        words(operation, resource, method);
        parameters(operation, resource, method, httpMethod);
        Endpoints.body(method)
                .ifPresent(body -> operation.requestBody(requestBody(resource, method, body)));
        return operation.responses(responses(resource, method));
    }

    private static String id(Class<?> resource, Method method) {
        String noun = resource.getSimpleName().replaceFirst("Resource$", "");
        return Character.toLowerCase(noun.charAt(0)) + noun.substring(1) + "." + method.getName();
    }

    private static void words(Operation operation, Class<?> resource, Method method) {
        io.swagger.v3.oas.annotations.Operation said =
                method.getAnnotation(io.swagger.v3.oas.annotations.Operation.class);
        if (said != null && !said.summary().isEmpty()) {
            operation.summary(said.summary());
        }
        Audience audience = required(method, AllowedTo.class).value();
        String description =
                said == null || said.description().isEmpty() ? "" : said.description() + "\n\n";
        String side =
                method.isAnnotationPresent(LiveOnly.class)
                        ? " Credentials of the test side are refused."
                        : "";
        operation.description(description + OpenApiText.whoMayCall(audience) + side);
        operation.security(
                audience == Audience.ANYONE
                        ? List.of()
                        : List.of(new SecurityRequirement().addList(BEARER)));
        OpenApiText.tag(resource, method).ifPresent(tag -> operation.addTagsItem(tag.name()));
    }

    private void parameters(
            Operation operation, Class<?> resource, Method method, String httpMethod) {
        for (java.lang.reflect.Parameter parameter : method.getParameters()) {
            if (parameter.getType() == PageRequest.class) {
                PAGING.forEach(name -> operation.addParametersItem(shared(name)));
            }
            parameter(parameter).ifPresent(operation::addParametersItem);
        }
        Produces produces = either(resource, method, Produces.class);
        boolean isJson =
                produces == null
                        || Arrays.stream(produces.value()).anyMatch(type -> type.startsWith(JSON));
        if (httpMethod.equals("POST") && isJson) {
            operation.addParametersItem(shared(IDEMPOTENCY_KEY));
        }
    }

    private static Parameter shared(String name) {
        return new Parameter().$ref("#/components/parameters/" + name);
    }

    private Optional<Parameter> parameter(java.lang.reflect.Parameter parameter) {
        QueryParam query = parameter.getAnnotation(QueryParam.class);
        if (query != null) {
            boolean required =
                    !Nullness.isNullable(parameter.getAnnotatedType())
                            && !parameter.isAnnotationPresent(DefaultValue.class);
            return Optional.of(
                    named(parameter, "query", query.value()).required(required ? true : null));
        }
        PathParam path = parameter.getAnnotation(PathParam.class);
        if (path != null) {
            return Optional.of(named(parameter, "path", path.value()).required(true));
        }
        HeaderParam header = parameter.getAnnotation(HeaderParam.class);
        return header == null || header.value().equalsIgnoreCase(IDEMPOTENCY_KEY)
                ? Optional.empty()
                : Optional.of(named(parameter, "header", header.value()));
    }

    private Parameter named(java.lang.reflect.Parameter parameter, String in, String name) {
        Parameter described =
                new Parameter()
                        .in(in)
                        .name(name)
                        .schema(schemas.of(parameter.getParameterizedType()));
        List<Annotation> said =
                Arrays.stream(parameter.getAnnotations())
                        .filter(a -> a.annotationType().getPackageName().startsWith("io.swagger"))
                        .toList();
        if (!said.isEmpty()) {
            ParameterProcessor.applyAnnotations(
                    described,
                    parameter.getParameterizedType(),
                    said,
                    new Components(),
                    new String[0],
                    new String[0],
                    null,
                    true);
        }
        DefaultValue byDefault = parameter.getAnnotation(DefaultValue.class);
        if (byDefault != null) {
            described.getSchema().setDefault(byDefault.value());
        }
        return described;
    }

    private RequestBody requestBody(
            Class<?> resource, Method method, java.lang.reflect.Parameter body) {
        Consumes consumes = either(resource, method, Consumes.class);
        String[] types = consumes == null ? new String[] {JSON} : consumes.value();
        Schema schema =
                isRaw(body.getType())
                        ? OpenApiSchemas.text("binary")
                        : schemas.of(body.getParameterizedType());
        return new RequestBody()
                .required(!Nullness.isNullable(body.getAnnotatedType()))
                .content(content(types, schema));
    }

    private static boolean isRaw(Class<?> type) {
        return InputStream.class.isAssignableFrom(type) || type == byte[].class;
    }

    private ApiResponses responses(Class<?> resource, Method method) {
        Returns returns = required(method, Returns.class);
        Set<Integer> statuses = new TreeSet<>(Set.of(returns.status()));
        Arrays.stream(returns.also()).forEach(statuses::add);
        ApiResponses responses = new ApiResponses();
        for (int status : statuses) {
            responses.addApiResponse(
                    String.valueOf(status), success(resource, method, returns, status));
        }
        return responses.addApiResponse(
                "default", new ApiResponse().$ref("#/components/responses/Problem"));
    }

    private ApiResponse success(Class<?> resource, Method method, Returns returns, int status) {
        ApiResponse response = new ApiResponse().description(OpenApiText.status(status));
        if (returns.value() == Void.class || returns.value() == void.class) {
            return response;
        }
        Produces produces = either(resource, method, Produces.class);
        String[] types = produces == null ? new String[] {JSON} : produces.value();
        Schema schema =
                returns.page() ? schemas.pageOf(returns.value()) : schemas.of(returns.value());
        return response.content(content(types, schema));
    }

    private static Content content(String[] types, Schema schema) {
        Content content = new Content();
        for (String type : types) {
            content.addMediaType(type.replaceFirst(";.*", ""), new MediaType().schema(schema));
        }
        return content;
    }

    private static <A extends Annotation> @Nullable A either(
            Class<?> resource, Method method, Class<A> type) {
        A own = method.getAnnotation(type);
        return own == null ? resource.getAnnotation(type) : own;
    }

    private static <A extends Annotation> A required(Method method, Class<A> type) {
        A found = method.getAnnotation(type);
        if (found == null) {
            throw new IllegalStateException(method + " has no @" + type.getSimpleName());
        }
        return found;
    }
}
