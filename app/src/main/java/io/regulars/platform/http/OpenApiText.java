package io.regulars.platform.http;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.lang.reflect.Method;
import java.util.Optional;

/** The sentences of the document. */
final class OpenApiText {

    static final String INTRODUCTION =
            """
            Loyalty for small shops: members, points, rewards, campaigns.

            JSON in `snake_case`; unknown fields are refused; `null` means absent. Send `Authorization: Bearer <secret>` with
            an API key (`rk_live_...`, `rk_test_...`) or a session token; a session acts on live data unless
            `Regulars-Mode: test` is sent. Times are RFC 3339 in UTC, dates ISO, money whole minor units, points whole numbers.

            Any POST may be sent again with the same `Idempotency-Key`. Every refusal is `application/problem+json`; the codes
            are explained at [/docs/errors](/docs/errors). Every answer carries an `X-Request-Id`.\
            """;

    private OpenApiText() {}

    static String whoMayCall(Audience audience) {
        return switch (audience) {
            case ANYONE -> "Needs no credentials.";
            case LOOKUP ->
                    "May be called by every API key and every user; contact data is masked for `pos` keys and cashiers.";
            case READERS ->
                    "May be called by API keys of scope `read`, `marketing` or `admin`, and by viewers, marketers and owners.";
            case TILL ->
                    "May be called by API keys of scope `pos` or `admin`, and by cashiers and owners.";
            case MARKETING ->
                    "May be called by API keys of scope `marketing` or `admin`, and by marketers and owners.";
            case ADMIN -> "May be called by API keys of scope `admin`, and by owners.";
        };
    }

    static String status(int status) {
        return switch (status) {
            case 200 -> "Done";
            case 201 -> "Created";
            case 202 -> "Accepted; the work goes on";
            case 204 -> "Done; nothing to say";
            default -> "Success";
        };
    }

    static Optional<Tag> tag(Class<?> resource, Method method) {
        return Optional.ofNullable(method.getAnnotation(Tag.class))
                .or(() -> Optional.ofNullable(resource.getAnnotation(Tag.class)));
    }
}
