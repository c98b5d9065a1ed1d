package io.regulars.platform.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.util.List;
import java.util.Map;

/**
 * Refuses in the address what no text of ours can hold, so that no query ever carries it to the
 * database.
 */
final class UnstorableParams implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        for (Map.Entry<String, List<String>> parameter :
                request.getUriInfo().getQueryParameters().entrySet()) {
            if (!parameter.getValue().stream().allMatch(Texts::isStorable)) {
                String name = parameter.getKey();
                throw Problem.invalid(
                        "?" + name,
                        "invalid_text",
                        name + " holds U+0000 or half of a surrogate pair.");
            }
        }
        if (!Texts.isStorable(request.getUriInfo().getPath())) {
            throw Problem.notFound("address");
        }
    }
}
