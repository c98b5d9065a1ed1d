package io.regulars.platform.http;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedConstructor;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells Jackson (and through it the OpenAPI document) what our types already say: a record
 * component that is not {@code @Nullable} must be there, and an enum is written in lower case. So
 * the document and the decoding cannot differ.
 */
final class RecordIntrospector extends NopAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
        return required(member).orElse(null);
    }

    @Override
    public JsonSetter.Value findSetterInfo(Annotated annotated) {
        // An explicit null means absent, so it must be refused where absence is.
        boolean required =
                annotated instanceof AnnotatedMember member && required(member).orElse(false);
        JsonSetter.Value value =
                required ? JsonSetter.Value.forValueNulls(Nulls.FAIL) : JsonSetter.Value.empty();
        // Nothing is absent from a list: its items are there or not.
        return Collection.class.isAssignableFrom(annotated.getRawType())
                ? value.withContentNulls(Nulls.FAIL)
                : value;
    }

    @Override
    public String[] findEnumValues(
            MapperConfig<?> config,
            AnnotatedClass type,
            Enum<?>[] constants,
            @Nullable String[] names) {
        String[] lower = new String[names.length];
        for (int i = 0; i < names.length; i++) {
            String given = names[i];
            lower[i] = given == null ? constants[i].name().toLowerCase(Locale.ROOT) : given;
        }
        return lower;
    }

    private static Optional<Boolean> required(AnnotatedMember member) {
        if (member.hasAnnotation(JsonAnyGetter.class)) {
            return Optional.empty();
        }
        if (member instanceof AnnotatedParameter parameter) {
            return parameter.getOwner() instanceof AnnotatedConstructor constructor
                    ? Nullness.isRequired(constructor.getDeclaringClass(), parameter.getIndex())
                    : Optional.empty();
        }
        return Nullness.isRequired(member.getDeclaringClass(), member.getName());
    }
}
