package io.regulars.testing;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.report.ValidationReport;
import io.restassured.filter.Filter;
import io.restassured.response.Response;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Holds requests and answers against the OpenAPI document. */
public final class AgainstOpenApi {

    /** What the validator says of a call that the document does not have. */
    private static final Set<String> NOT_THERE =
            Set.of("validation.request.path.missing", "validation.request.operation.notAllowed");

    private static final Set<Integer> FOR_NOT_THERE = Set.of(401, 404, 405);

    /** Any documented call; all describe a refusal in the same way. */
    private static final String SOME_PATH = "/v1/members";

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
            check(Exchange.of(request, answer));
            return answer;
        };
    }

    /** Both the request and the answer must be as documented. */
    void check(Exchange exchange) {
        String shape = exchange.kind() + Shape.of(exchange.body()) + Shape.of(exchange.answer());
        if (!valid.contains(shape)) {
            check(
                    exchange,
                    validator.validate(exchange.describedRequest(), exchange.describedAnswer()));
            valid.add(shape);
        }
    }

    /**
     * For requests that may be as wrong as they like: whatever is asked, the answer is a documented
     * one. Pages, such as the inbox, are not described by the document.
     */
    public Filter answers() {
        return (request, response, context) -> {
            Response answer = context.next(request, response);
            checkAnswer(Exchange.of(request, answer));
            return answer;
        };
    }

    private void checkAnswer(Exchange exchange) {
        String shape = "answer " + exchange.kind() + Shape.of(exchange.answer());
        if (exchange.path().startsWith("/v1/") && !valid.contains(shape)) {
            check(exchange, answerOnly(exchange));
            valid.add(shape);
        }
    }

    private ValidationReport answerOnly(Exchange exchange) {
        ValidationReport report =
                validator.validateResponse(
                        exchange.path(),
                        Request.Method.valueOf(exchange.method()),
                        exchange.describedAnswer());
        boolean there =
                report.getMessages().stream().noneMatch(m -> NOT_THERE.contains(m.getKey()));
        return there || !FOR_NOT_THERE.contains(exchange.status())
                ? report
                : validator.validateResponse(
                        SOME_PATH, Request.Method.GET, exchange.describedAnswer());
    }

    private static void check(Exchange exchange, ValidationReport report) {
        if (report.hasErrors()) {
            throw new AssertionError(
                    exchange.method()
                            + " "
                            + exchange.path()
                            + " → "
                            + exchange.status()
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
                            + exchange.answer());
        }
    }
}
