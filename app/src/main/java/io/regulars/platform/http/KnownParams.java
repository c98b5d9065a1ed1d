package io.regulars.platform.http;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Refuses query parameters that a call of the API does not know, as unknown fields of a body are: a
 * mistyped filter would otherwise answer everything. What a call knows is read from its method.
 */
final class KnownParams implements DynamicFeature {

    private static final String API = "/v1";

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        if (isOfTheApi(resource.getResourceClass())) {
            context.register(new Strangers(known(resource.getResourceMethod())));
        }
    }

    private static boolean isOfTheApi(Class<?> resource) {
        return Optional.ofNullable(resource.getAnnotation(Path.class))
                .filter(path -> (path.value() + "/").startsWith(API + "/"))
                .isPresent();
    }

    private static Set<String> known(Method method) {
        Set<String> names = new TreeSet<>();
        for (Parameter parameter : method.getParameters()) {
            add(names, parameter);
            if (parameter.getType() == PageRequest.class) {
                names.addAll(List.of(PageRequests.LIMIT, PageRequests.CURSOR));
            }
            if (parameter.isAnnotationPresent(BeanParam.class)) {
                partsOf(parameter.getType()).forEach(part -> add(names, part));
            }
        }
        return names;
    }

    private static Stream<AnnotatedElement> partsOf(Class<?> bean) {
        return Stream.concat(
                Arrays.stream(bean.getDeclaredFields()),
                Arrays.stream(bean.getDeclaredConstructors())
                        .flatMap(c -> Arrays.stream(c.getParameters())));
    }

    private static void add(Set<String> names, AnnotatedElement element) {
        Optional.ofNullable(element.getAnnotation(QueryParam.class))
                .ifPresent(query -> names.add(query.value()));
    }

    private record Strangers(Set<String> known) implements ContainerRequestFilter {

        @Override
        public void filter(ContainerRequestContext request) {
            List<FieldError> errors =
                    request.getUriInfo().getQueryParameters().keySet().stream()
                            .filter(name -> !known.contains(name))
                            .map(this::refusal)
                            .toList();
            if (!errors.isEmpty()) {
                throw Problem.invalid(errors);
            }
        }

        private FieldError refusal(String name) {
            String hint = known.isEmpty() ? "" : " Known here: " + String.join(", ", known) + ".";
            return new FieldError(
                    "?" + name,
                    "unknown_parameter",
                    name + " is not a parameter of this call." + hint);
        }
    }
}
