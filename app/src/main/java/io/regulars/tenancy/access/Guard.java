package io.regulars.tenancy.access;

import io.regulars.platform.http.Actors;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.ClientAddresses;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.List;
import org.slf4j.MDC;

/** Lets those who may call an endpoint pass, and tells it and the log lines who they are. */
final class Guard implements ContainerRequestFilter, ContainerResponseFilter {

    private static final String MODE = "Regulars-Mode";
    private static final String TENANT = "tenant";

    private final Authentication authentication;
    private final Audience audience;
    private final boolean liveOnly;
    private final RequestLimits limits;

    Guard(
            Authentication authentication,
            Audience audience,
            boolean liveOnly,
            RequestLimits limits) {
        this.authentication = authentication;
        this.audience = audience;
        this.liveOnly = liveOnly;
        this.limits = limits;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        MDC.remove(TENANT);
        Actors.leave();
        Caller caller = caller(request);
        MDC.put(TENANT, caller.tenant().id().toString());
        Actors.enter(caller.actor().id());
        LimitHeaders.judge(request, limits.caller(caller));
        if (!caller.may(audience)) {
            List<String> scopes = Permissions.scopes(audience).stream().map(Scope::key).toList();
            throw Problem.of(
                            ProblemType.FORBIDDEN,
                            "This needs the scope "
                                    + String.join(" or ", scopes)
                                    + "; these credentials have "
                                    + caller.scope().key()
                                    + ".")
                    .with("allowed_scopes", scopes);
        }
        if (liveOnly && caller.tenant().isTest()) {
            throw Problem.of(
                    ProblemType.FORBIDDEN,
                    "This holds for the live shop and takes a live key, or a session without Regulars-Mode: test.");
        }
        request.setSecurityContext(new Known(caller, request.getSecurityContext()));
    }

    /** Whoever guesses is a stranger, and counted like one. */
    private Caller caller(ContainerRequestContext request) {
        try {
            return authentication.caller(
                    request.getHeaderString(HttpHeaders.AUTHORIZATION),
                    request.getHeaderString(MODE));
        } catch (Problem problem) {
            if (problem.type() == ProblemType.UNAUTHENTICATED) {
                ClientAddresses.currentNetwork()
                        .ifPresent(network ->
                                LimitHeaders.judge(request, limits.stranger(network, false)));
            }
            throw problem;
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        LimitHeaders.write(request, response);
        MDC.remove(TENANT);
        Actors.leave();
    }

    private record Known(Caller caller, SecurityContext before) implements SecurityContext {
        @Override
        public Principal getUserPrincipal() {
            return caller;
        }

        @Override
        public boolean isUserInRole(String role) {
            return false;
        }

        @Override
        public boolean isSecure() {
            return before.isSecure();
        }

        @Override
        public String getAuthenticationScheme() {
            return "Bearer";
        }
    }
}
