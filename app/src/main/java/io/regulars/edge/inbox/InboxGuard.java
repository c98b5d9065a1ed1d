package io.regulars.edge.inbox;

import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * With a token: nobody passes without it. Without one the service listens on loopback only, and a
 * foreign page whose name resolves to 127.0.0.1 (DNS rebinding) is told by the name it asks for.
 */
@Guarded
@Priority(Priorities.AUTHENTICATION)
final class InboxGuard implements ContainerRequestFilter, ContainerResponseFilter {

    static final String COOKIE = "regulars_inbox";
    private static final String QUERY = "token";
    private static final String BEARER = "Bearer ";
    private static final int SHORTEST_TOKEN = 16;
    private static final Pattern LOOPBACK =
            Pattern.compile("(?i)(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]{1,5})?");

    /** A proxy on this machine makes the whole world look local. */
    private static final List<String> TRACES_OF_A_PROXY =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

    private final Optional<String> token;

    InboxGuard(Optional<String> token) {
        if (token.filter(text -> text.length() < SHORTEST_TOKEN).isPresent()) {
            throw new IllegalArgumentException(
                    "the inbox token needs at least " + SHORTEST_TOKEN + " characters");
        }
        this.token = token;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (token.isEmpty()) {
            requireLocal(request);
        } else if (presented(request).noneMatch(this::isRight)) {
            throw Problem.of(
                    ProblemType.UNAUTHENTICATED,
                    "The inbox asks for the token printed at start: /inbox?token=… or Authorization: Bearer ….");
        }
    }

    /** Who came with the right token in the address need not carry it on. */
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        String inAddress = inAddress(request);
        if (inAddress != null && isRight(inAddress)) {
            NewCookie cookie =
                    new NewCookie.Builder(COOKIE)
                            .value(inAddress)
                            .path("/inbox")
                            .httpOnly(true)
                            .secure(request.getSecurityContext().isSecure())
                            .sameSite(NewCookie.SameSite.STRICT)
                            .build();
            response.getHeaders().add(HttpHeaders.SET_COOKIE, cookie);
        }
    }

    private static void requireLocal(ContainerRequestContext request) {
        String host = request.getHeaderString(HttpHeaders.HOST);
        boolean direct =
                TRACES_OF_A_PROXY.stream().allMatch(name -> request.getHeaderString(name) == null);
        if (host == null || !LOOPBACK.matcher(host).matches() || !direct) {
            throw Problem.of(
                    ProblemType.FORBIDDEN,
                    "The inbox is shown at http://localhost on this machine only.");
        }
    }

    private static Stream<String> presented(ContainerRequestContext request) {
        String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        Cookie cookie = request.getCookies().get(COOKIE);
        return Stream.of(
                        Optional.ofNullable(inAddress(request)),
                        Optional.ofNullable(header)
                                .filter(text -> text.startsWith(BEARER))
                                .map(text -> text.substring(BEARER.length()).strip()),
                        Optional.ofNullable(cookie).map(Cookie::getValue))
                .flatMap(Optional::stream);
    }

    private static @Nullable String inAddress(ContainerRequestContext request) {
        return request.getUriInfo().getQueryParameters().getFirst(QUERY);
    }

    private boolean isRight(String presented) {
        return token.filter(right ->
                        MessageDigest.isEqual(
                                right.getBytes(StandardCharsets.UTF_8),
                                presented.getBytes(StandardCharsets.UTF_8)))
                .isPresent();
    }
}
