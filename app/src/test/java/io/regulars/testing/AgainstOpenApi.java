package io.regulars.testing;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import io.restassured.filter.Filter;
import io.restassured.http.Header;
import io.restassured.http.Headers;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds requests and answers against the OpenAPI document. */
public final class AgainstOpenApi {

    /** What the validator says of a call that the document does not have. */
    private static final Set<String> NOT_THERE =
            Set.of("validation.request.path.missing", "validation.request.operation.notAllowed");

    private static final Set<Integer> FOR_NOT_THERE = Set.of(401, 404, 405);

    /** Any documented call; all describe a refusal in the same way. */
    private static final String SOME_PATH = "/v1/members";

    private static final Pattern ID = Pattern.compile("[a-z]+_[0-9a-z]{20,}|[0-9a-f-]{36}");

    /** Every service of a test run shows the same document, and reading it takes a second. */
    private static final Map<String, OpenApiInteractionValidator> KNOWN = new ConcurrentHashMap<>();

    private final OpenApiInteractionValidator validator;

    /** Calls of this shape were held against the document already; doing so takes 10 ms. */
    private final Set<String> valid = ConcurrentHashMap.newKeySet();

    public AgainstOpenApi(String document) {
        this.validator = KNOWN.computeIfAbsent(document, AgainstOpenApi::validator);
    }

    private static OpenApiInteractionValidator validator(String document) {
        return OpenApiInteractionValidator.createForInlineApiSpecification(document).build();
    }

    /** For requests that are meant to be right: they are held against the document too. */
    public Filter requestsAndAnswers() {
        return (request, response, context) -> {
            Response answer = context.next(request, response);
            String call = call(request, answer) + Shape.of(body(request)) + Shape.of(answer.asString());
            if (!valid.contains(call)) {
                check(request, answer, validator.validate(described(request), described(answer)));
                valid.add(call);
            }
            return answer;
        };
    }

    /**
     * For requests that may be as wrong as they like: whatever is asked, the answer is a documented
     * one. Pages, such as the inbox, are not described by the document.
     */
    public Filter answers() {
        return (request, response, context) -> {
            Response answer = context.next(request, response);
            String call = "answer " + call(request, answer) + Shape.of(answer.asString());
            if (path(request).startsWith("/v1/") && !valid.contains(call)) {
                check(request, answer, answerOnly(request, answer));
                valid.add(call);
            }
            return answer;
        };
    }

    private ValidationReport answerOnly(FilterableRequestSpecification request, Response answer) {
        ValidationReport report =
                validator.validateResponse(path(request), method(request), described(answer));
        boolean there =
                report.getMessages().stream().noneMatch(m -> NOT_THERE.contains(m.getKey()));
        return there || !FOR_NOT_THERE.contains(answer.statusCode())
                ? report
                : validator.validateResponse(SOME_PATH, Request.Method.GET, described(answer));
    }

    private static void check(
            FilterableRequestSpecification request, Response answer, ValidationReport report) {
        if (report.hasErrors()) {
            throw new AssertionError(
                    request.getMethod()
                            + " "
                            + path(request)
                            + " → "
                            + answer.statusCode()
                            + " is not as documented:\n"
                            + report.getMessages().stream()
                                    .map(message ->
                                            message.getLevel()
                                                    + " "
                                                    + message.getKey()
                                                    + " "
                                                    + message.getMessage())
                                    .collect(Collectors.joining("\n"))
                            + "\nanswer: "
                            + answer.asString());
        }
    }

    /** What was called, with which parameters and headers, and which kind of answer came. */
    private static String call(FilterableRequestSpecification request, Response answer) {
        String parameters = request.getURI().replaceFirst("^https?://[^/]+", "");
        return Stream.of(
                        request.getMethod(),
                        ID.matcher(parameters).replaceAll("{id}"),
                        names(request.getHeaders()),
                        String.valueOf(answer.statusCode()),
                        answer.contentType(),
                        names(answer.headers()))
                .collect(Collectors.joining(" "));
    }

    private static String names(Headers headers) {
        return headers.asList().stream()
                .map(Header::getName)
                .sorted()
                .collect(Collectors.joining(","));
    }

    private static String path(FilterableRequestSpecification request) {
        return URI.create(request.getURI()).getPath();
    }

    private static Request.Method method(FilterableRequestSpecification request) {
        return Request.Method.valueOf(request.getMethod());
    }

    private static Request described(FilterableRequestSpecification request) {
        SimpleRequest.Builder builder = new SimpleRequest.Builder(method(request), path(request));
        request.getHeaders()
                .forEach(header -> builder.withHeader(header.getName(), header.getValue()));
        String query = URI.create(request.getURI()).getQuery();
        Stream.ofNullable(query)
                .flatMap(all -> Stream.of(all.split("&", -1)))
                .map(pair -> pair.split("=", 2))
                .forEach(pair -> builder.withQueryParam(pair[0], pair.length > 1 ? pair[1] : ""));
        String body = body(request);
        if (!body.isEmpty()) {
            builder.withBody(body);
        }
        return builder.build();
    }

    private static String body(FilterableRequestSpecification request) {
        return switch (request.<Object>getBody()) {
            case String text -> text;
            case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
            case null, default -> "";
        };
    }

    private static com.atlassian.oai.validator.model.Response described(Response answer) {
        SimpleResponse.Builder builder = new SimpleResponse.Builder(answer.statusCode());
        answer.getHeaders()
                .forEach(header -> builder.withHeader(header.getName(), header.getValue()));
        if (!answer.asString().isEmpty()) {
            builder.withBody(answer.asString());
        }
        return builder.build();
    }
}
