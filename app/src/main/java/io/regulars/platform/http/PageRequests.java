package io.regulars.platform.http;

import java.util.function.Function;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.model.Parameter;
import org.glassfish.jersey.server.spi.internal.ValueParamProvider;
import org.jspecify.annotations.Nullable;

/**
 * Hands a resource method the page that {@code ?limit=} and {@code &cursor=} ask for, where it
 * takes a {@link PageRequest} from its context.
 */
final class PageRequests implements ValueParamProvider {

    static final String LIMIT = "limit";
    static final String CURSOR = "cursor";

    /** To be registered with Jersey. */
    static AbstractBinder binder() {
        return new AbstractBinder() {
            @Override
            protected void configure() {
                bind(new PageRequests()).to(ValueParamProvider.class);
            }
        };
    }

    @Override
    public @Nullable Function<ContainerRequest, ?> getValueProvider(Parameter parameter) {
        return parameter.getRawType() == PageRequest.class ? PageRequests::asked : null;
    }

    private static PageRequest asked(ContainerRequest request) {
        var query = request.getUriInfo().getQueryParameters();
        return PageRequest.of(query.getFirst(LIMIT), query.getFirst(CURSOR));
    }

    @Override
    public PriorityType getPriority() {
        return Priority.HIGH;
    }
}
