package io.regulars.edge.pages;

import io.regulars.platform.http.RequestIds;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Objects;

/**
 * Turns what went wrong behind a page into a page, for those who ask for one; programs keep their
 * problem details.
 */
@HtmlFaults
public final class HtmlFaultsFilter implements ContainerResponseFilter {

    private static final MediaType PROBLEM = new MediaType("application", "problem+json");

    private final Pages pages;

    public HtmlFaultsFilter(Pages pages) {
        this.pages = pages;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!PROBLEM.isCompatible(response.getMediaType()) || !wantsHtml(request)) {
            return;
        }
        Language language = Language.asked(request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
        Map<String, String> model =
                Map.of(
                        "kind",
                        kind(response.getStatus()),
                        "request_id",
                        Objects.requireNonNullElse(RequestIds.current(), "-"));
        Response page = pages.answer(response.getStatus(), language, "fault", model);
        page.getHeaders().forEach((name, values) -> response.getHeaders().put(name, values));
        response.setEntity(page.getEntity());
    }

    private static boolean wantsHtml(ContainerRequestContext request) {
        return request.getAcceptableMediaTypes().stream()
                .anyMatch(type ->
                        !type.isWildcardSubtype() && type.isCompatible(MediaType.TEXT_HTML_TYPE));
    }

    private static String kind(int status) {
        return switch (status) {
            case 401 -> "token";
            case 403 -> "here";
            case 404, 410 -> "nothing";
            case 429 -> "busy";
            default -> status >= 500 ? "ours" : "yours";
        };
    }
}
