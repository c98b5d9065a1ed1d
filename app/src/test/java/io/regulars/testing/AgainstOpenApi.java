package io.regulars.testing;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.util.stream.Collectors;

/** Holds every request and answer against the OpenAPI document. */
public final class AgainstOpenApi implements Filter {

    private final OpenApiInteractionValidator validator;

    public AgainstOpenApi(String document) {
        this.validator =
                OpenApiInteractionValidator.createForInlineApiSpecification(document).build();
    }

    @Override
    public Response filter(
            FilterableRequestSpecification request,
            FilterableResponseSpecification response,
            FilterContext context) {
        Response answer = context.next(request, response);
        String path = URI.create(request.getURI()).getPath();
        Request.Method method = Request.Method.valueOf(request.getMethod());
        ValidationReport report =
                validator.validate(request(request, method, path), response(answer));
        if (report.hasErrors()) {
            throw new AssertionError(
                    method
                            + " "
                            + path
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
        return answer;
    }

    private static Request request(
            FilterableRequestSpecification request, Request.Method method, String path) {
        SimpleRequest.Builder builder = new SimpleRequest.Builder(method, path);
        request.getHeaders()
                .forEach(header -> builder.withHeader(header.getName(), header.getValue()));
        request.getQueryParams().forEach((name, value) -> builder.withQueryParam(name, value));
        if (request.getBody() instanceof String body) {
            builder.withBody(body);
        }
        return builder.build();
    }

    private static com.atlassian.oai.validator.model.Response response(Response answer) {
        SimpleResponse.Builder builder = new SimpleResponse.Builder(answer.statusCode());
        answer.getHeaders()
                .forEach(header -> builder.withHeader(header.getName(), header.getValue()));
        if (!answer.asString().isEmpty()) {
            builder.withBody(answer.asString());
        }
        return builder.build();
    }
}
