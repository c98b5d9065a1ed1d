package io.regulars.platform.http;

import io.dropwizard.auth.Auth;
import jakarta.ws.rs.POST;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Optional;

/** Reads the signatures of resource methods. */
final class Endpoints {

    private Endpoints() {}

    /** The parameter that takes the body. */
    static Optional<Parameter> body(Method method) {
        return Arrays.stream(method.getParameters())
                .filter(p ->
                        Arrays.stream(p.getAnnotations()).noneMatch(Endpoints::comesFromElsewhere))
                .findFirst();
    }

    static boolean needsBody(Method method) {
        return body(method).map(p -> !Nullness.isNullable(p.getAnnotatedType())).orElse(false);
    }

    /**
     * Whether it is a call of the API that says all in its path. Pages, which anybody may call,
     * take the fields of forms.
     */
    static boolean wantsNoBody(Method method) {
        return method.isAnnotationPresent(POST.class)
                && body(method).isEmpty()
                && Arrays.stream(method.getParameters())
                        .anyMatch(p -> p.isAnnotationPresent(Auth.class));
    }

    private static boolean comesFromElsewhere(Annotation annotation) {
        Class<?> type = annotation.annotationType();
        return type == Auth.class || type.getPackageName().startsWith("jakarta.ws.rs");
    }
}
