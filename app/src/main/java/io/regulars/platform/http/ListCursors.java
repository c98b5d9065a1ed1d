package io.regulars.platform.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.GenericEntity;
import org.jspecify.annotations.Nullable;

/**
 * Puts a mark of the list's address on every cursor that leaves, and refuses one with another: most
 * lists go by ids, so that a page of the wrong list would look like the end of this one.
 */
@Priority(Priorities.USER)
final class ListCursors implements ContainerRequestFilter, ContainerResponseFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        @Nullable String cursor =
                request.getUriInfo().getQueryParameters().getFirst(PageRequests.CURSOR);
        if (cursor != null && !cursor.endsWith(mark(request))) {
            throw Cursor.refused();
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof Page<?> page && page.nextCursor() != null) {
            response.setEntity(
                    new GenericEntity<>(page.marked(mark(request)), response.getEntityType()));
        }
    }

    /** Different for any two lists that somebody could confuse, not for any two texts. */
    private static String mark(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath().replaceFirst("/$", "");
        return Cursor.MARK_BEGINS + Integer.toHexString(path.hashCode());
    }
}
