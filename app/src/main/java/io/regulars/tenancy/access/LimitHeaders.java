package io.regulars.tenancy.access;

import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.limits.RateLimits.Verdict;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Tells callers of their limits, in the words of draft-ietf-httpapi-ratelimit-headers. */
final class LimitHeaders {

    private static final String VERDICTS = LimitHeaders.class.getName();

    private LimitHeaders() {}

    /** Ends the request with 429 if one of the limits is reached. */
    static void judge(ContainerRequestContext request, List<Verdict> verdicts) {
        request.setProperty(VERDICTS, verdicts);
        verdicts.stream()
                .filter(verdict -> !verdict.allowed())
                .max(Comparator.comparing(Verdict::retryIn))
                .ifPresent(refused -> {
                    throw Problem.of(
                                    ProblemType.TOO_MANY_REQUESTS,
                                    "More than " + refused.policy().inWords() + ".")
                            .retryAfter(refused.retryIn());
                });
    }

    static void write(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(request.getProperty(VERDICTS) instanceof List<?> list) || list.isEmpty()) {
            return;
        }
        List<Verdict> verdicts = list.stream().map(Verdict.class::cast).toList();
        response.getHeaders()
                .putSingle(
                        "RateLimit-Policy",
                        verdicts.stream()
                                .map(verdict ->
                                        quoted(verdict)
                                                + ";q="
                                                + verdict.policy().burst()
                                                + ";w="
                                                + verdict.policy().window())
                                .collect(Collectors.joining(", ")));
        response.getHeaders()
                .putSingle(
                        "RateLimit",
                        verdicts.stream()
                                .map(verdict ->
                                        quoted(verdict)
                                                + ";r="
                                                + verdict.remaining()
                                                + ";t="
                                                + secondsToNext(verdict))
                                .collect(Collectors.joining(", ")));
    }

    /** Who was let through as the last of a bucketful waits for the next drop. */
    private static long secondsToNext(Verdict verdict) {
        long wait = verdict.retryIn().plusMillis(999).toSeconds();
        return verdict.remaining() == 0 ? Math.max(1, wait) : wait;
    }

    private static String quoted(Verdict verdict) {
        return '"' + verdict.policy().name() + '"';
    }
}
