package io.regulars.testing;

import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import io.restassured.http.Header;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A request and its answer, as the OpenAPI document describes them. */
record Exchange(
        String method,
        URI uri,
        List<Header> sent,
        String body,
        int status,
        List<Header> received,
        String answer) {

    private static final Header TYPE = new Header("Content-Type", "");
    private static final Pattern ID = Pattern.compile("[a-z]+_[0-9a-z]{20,}|[0-9a-f-]{36}");
    private static final Pattern ORIGIN = Pattern.compile("^https?://[^/]+");

    static Exchange of(FilterableRequestSpecification request, Response answer) {
        return new Exchange(
                request.getMethod(),
                URI.create(request.getURI()),
                request.getHeaders().asList(),
                body(request),
                answer.statusCode(),
                answer.headers().asList(),
                answer.asString());
    }

    private static String body(FilterableRequestSpecification request) {
        return switch (request.<Object>getBody()) {
            case String text -> text;
            case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
            case null, default -> "";
        };
    }

    String path() {
        return uri.getPath();
    }

    /** What was called, with which parameters and headers, and which kind of answer came. */
    String kind() {
        String parameters = ORIGIN.matcher(uri.toString()).replaceFirst("");
        return Stream.of(
                        method,
                        ID.matcher(parameters).replaceAll("{id}"),
                        names(sent),
                        String.valueOf(status),
                        received.stream()
                                .filter(header -> header.hasSameNameAs(TYPE))
                                .map(Header::getValue)
                                .collect(Collectors.joining()),
                        names(received))
                .collect(Collectors.joining(" "));
    }

    private static String names(List<Header> headers) {
        return headers.stream().map(Header::getName).sorted().collect(Collectors.joining(","));
    }

    Request describedRequest() {
        SimpleRequest.Builder builder =
                new SimpleRequest.Builder(Request.Method.valueOf(method), path());
        sent.forEach(header -> builder.withHeader(header.getName(), header.getValue()));
        Stream.ofNullable(uri.getQuery())
                .flatMap(all -> Stream.of(all.split("&", -1)))
                .map(pair -> pair.split("=", 2))
                .forEach(pair -> builder.withQueryParam(pair[0], pair.length > 1 ? pair[1] : ""));
        if (!body.isEmpty()) {
            builder.withBody(body);
        }
        return builder.build();
    }

    com.atlassian.oai.validator.model.Response describedAnswer() {
        SimpleResponse.Builder builder = new SimpleResponse.Builder(status);
        received.forEach(header -> builder.withHeader(header.getName(), header.getValue()));
        if (!answer.isEmpty()) {
            builder.withBody(answer);
        }
        return builder.build();
    }
}
