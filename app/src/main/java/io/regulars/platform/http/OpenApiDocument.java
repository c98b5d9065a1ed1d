package io.regulars.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI 3.1 document of a set of resources: the same code gives the same text, so it can be
 * kept in the tree.
 */
public final class OpenApiDocument {

    private final OpenApiSchemas schemas = new OpenApiSchemas();
    private final OpenApiOperations operations = new OpenApiOperations(schemas);
    private final OpenApiExamples examples = new OpenApiExamples();
    private final NavigableMap<String, PathItem> paths = new TreeMap<>();
    private final NavigableMap<String, Tag> tags = new TreeMap<>();

    private OpenApiDocument() {}

    public static String json(Set<Class<?>> resources) {
        OpenApiDocument document = new OpenApiDocument();
        resources.stream().sorted(Comparator.comparing(Class::getName)).forEach(document::add);
        try {
            return Json31.pretty().writeValueAsString(document.whole()) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void add(Class<?> resource) {
        Arrays.stream(resource.getMethods())
                .sorted(Comparator.comparing(Method::toString))
                .forEach(method ->
                        httpMethod(method).ifPresent(verb -> add(resource, method, verb)));
    }

    private void add(Class<?> resource, Method method, String verb) {
        PathItem.HttpMethod httpMethod = PathItem.HttpMethod.valueOf(verb);
        PathItem item = paths.computeIfAbsent(path(resource, method), _ -> new PathItem());
        Operation before = item.readOperationsMap().get(httpMethod);
        if (before != null) {
            throw new IllegalStateException(
                    verb + " " + path(resource, method) + " is served twice");
        }
        Operation operation = operations.describe(resource, method, verb);
        examples.illustrate(verb + " " + path(resource, method), operation);
        item.operation(httpMethod, operation);
        OpenApiText.tag(resource, method)
                .ifPresent(tag -> {
                    Tag known = tags.computeIfAbsent(tag.name(), name -> new Tag().name(name));
                    if (!tag.description().isEmpty()) {
                        known.description(tag.description());
                    }
                });
    }

    private static Optional<String> httpMethod(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(a -> Optional.ofNullable(a.annotationType().getAnnotation(HttpMethod.class)))
                .flatMap(Optional::stream)
                .map(HttpMethod::value)
                .findFirst();
    }

    /** Without the patterns that JAX-RS allows inside of the braces. */
    private static String path(Class<?> resource, Method method) {
        String joined =
                Stream.<@Nullable Path>of(
                                resource.getAnnotation(Path.class),
                                method.getAnnotation(Path.class))
                        .filter(Objects::nonNull)
                        .map(path -> "/" + path.value())
                        .reduce("", String::concat);
        String path =
                joined.replaceAll("\\{\\s*(\\w+)\\s*:(?:[^{}]|\\{[^{}]*})*}", "{$1}")
                        .replaceAll("/+", "/");
        return path.length() > 1 && path.endsWith("/")
                ? path.substring(0, path.length() - 1)
                : path;
    }

    private OpenAPI whole() {
        Paths all = new Paths();
        paths.forEach(all::addPathItem);
        return new OpenAPI(SpecVersion.V31)
                .openapi("3.1.0")
                .info(
                        new Info()
                                .title("Regulars API")
                                .version("1")
                                .description(OpenApiText.INTRODUCTION)
                                .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url("/")))
                .tags(List.copyOf(tags.values()))
                .paths(all)
                .components(components());
    }

    private Components components() {
        MediaType problem =
                new MediaType()
                        .schema(schemas.of(ProblemDetails.class))
                        .examples(OpenApiExamples.refusals());
        Components components =
                new Components()
                        .addSecuritySchemes(
                                OpenApiOperations.BEARER,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description(
                                                "An API key (`rk_live_...`, `rk_test_...`) or a session token."))
                        .addResponses(
                                "Problem",
                                new ApiResponse()
                                        .description("Refused; the code says why")
                                        .addHeaderObject(
                                                RequestIds.HEADER,
                                                new Header()
                                                        .schema(
                                                                new JsonSchema()
                                                                        .typesItem("string")))
                                        .content(
                                                new Content()
                                                        .addMediaType(
                                                                ProblemDetails.MEDIA_TYPE,
                                                                problem)))
                        .addParameters("Idempotency-Key", idempotencyKey())
                        .addParameters("cursor", cursor())
                        .addParameters("limit", limit());
        schemas.all().forEach(components::addSchemas);
        return components;
    }

    private static Parameter idempotencyKey() {
        return new Parameter()
                .in("header")
                .name("Idempotency-Key")
                .description(
                        "Makes it safe to send the call again: the first success is answered again.")
                .schema(new JsonSchema().typesItem("string").maxLength(255))
                .example("till-1-2027-0001");
    }

    private static Parameter cursor() {
        return new Parameter()
                .in("query")
                .name("cursor")
                .description("The `next_cursor` of the page before.")
                .schema(new JsonSchema().typesItem("string"));
    }

    private static Parameter limit() {
        Schema<Object> schema = new JsonSchema();
        schema.addType("integer");
        schema.setMinimum(BigDecimal.ONE);
        schema.setMaximum(BigDecimal.valueOf(PageRequest.MAX_LIMIT));
        schema.setDefault(PageRequest.DEFAULT_LIMIT);
        return new Parameter()
                .in("query")
                .name("limit")
                .description("How many at most.")
                .schema(schema);
    }
}
