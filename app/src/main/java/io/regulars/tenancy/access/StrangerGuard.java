package io.regulars.tenancy.access;

import io.regulars.platform.http.ClientAddresses;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;

/** Stands before what anybody may call, and counts who comes from where. */
final class StrangerGuard implements ContainerRequestFilter, ContainerResponseFilter {

    private final RequestLimits limits;

    StrangerGuard(RequestLimits limits) {
        this.limits = limits;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        ClientAddresses.currentNetwork()
                .ifPresent(network ->
                        LimitHeaders.judge(
                                request,
                                limits.stranger(
                                        network, !request.getMethod().equals(HttpMethod.GET))));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        LimitHeaders.write(request, response);
    }
}
