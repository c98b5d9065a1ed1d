package io.regulars.platform.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.jackson.TypeNameResolver;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The schemas of our records, as Jackson reads and writes them. Named after the record; each name
 * stands for one.
 */
@SuppressWarnings("rawtypes") // swagger-core's Schema has a type parameter that nobody fills
final class OpenApiSchemas {

    private static final UUID EXAMPLE = new UUID(0x0199_3f2d_5c8a_7b31L, 0x8c42_9e07_55d1_a6f3L);

    private final ModelConverters converters = new ModelConverters(true);
    private final ObjectMapper mapper = JsonManners.mapper();
    private final NavigableMap<String, Schema> known = new TreeMap<>();

    OpenApiSchemas() {
        converters.addConverter(new Records(mapper));
    }

    /** By name, for the document's components. */
    NavigableMap<String, Schema> all() {
        return known;
    }

    /** A reference to the type's schema, or the schema itself where the type is a plain value. */
    Schema of(Type type) {
        ResolvedSchema resolved =
                converters.resolveAsResolvedSchema(new AnnotatedType(type).resolveAsRef(true));
        if (resolved == null || resolved.schema == null) {
            throw new IllegalStateException("No schema for " + type);
        }
        resolved.referencedSchemas.forEach(known::putIfAbsent);
        return resolved.schema;
    }

    /** A page of these, as {@link Page} is written. */
    Schema pageOf(Class<?> type) {
        Schema item = of(type);
        String ref = item.get$ref();
        String name =
                (ref == null ? type.getSimpleName() : ref.substring(ref.lastIndexOf('/') + 1))
                        + "Page";
        Schema<?> cursor =
                new JsonSchema()
                        .typesItem("string")
                        .typesItem("null")
                        .description(
                                "Give it as `cursor` to get the next page; null on the last one.");
        Schema<?> data = new JsonSchema();
        data.addType("array");
        data.setItems(item);
        Schema<?> page = new JsonSchema();
        page.addType("object");
        page.addProperty("data", data);
        page.addProperty("next_cursor", cursor);
        page.setRequired(List.of("data", "next_cursor"));
        known.put(name, page);
        return ref(name);
    }

    static Schema text(@Nullable String format) {
        return new JsonSchema().typesItem("string").format(format);
    }

    private static Schema ref(String name) {
        return new JsonSchema().$ref("#/components/schemas/" + name);
    }

    private static final class Records extends ModelResolver {

        private Records(ObjectMapper mapper) {
            super(mapper, new UniqueNames());
            openapi31(true);
        }

        @Override
        public @Nullable Schema resolve(
                AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> next) {
            JavaType java = _mapper.constructType(type.getType());
            Class<?> raw = java == null ? Void.class : java.getRawClass();
            Schema plain = plain(raw);
            if (plain != null) {
                return plain;
            }
            io.swagger.v3.oas.annotations.media.Schema said =
                    raw.getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
            if (said != null && said.implementation() != Void.class) {
                return resolve(
                        new AnnotatedType(said.implementation()).resolveAsRef(true), context, next);
            }
            Schema schema = super.resolve(type, context, next);
            if (schema != null && raw.isRecord()) {
                String ref = schema.get$ref();
                Schema whole =
                        ref == null
                                ? schema
                                : context.getDefinedModels()
                                        .get(ref.substring(ref.lastIndexOf('/') + 1));
                if (whole != null && (whole.getOneOf() != null || whole.getAnyOf() != null)) {
                    onlyItsAlternatives((Schema<?>) whole);
                } else if (whole != null && whole.getProperties() != null) {
                    complete(whole, raw);
                }
            }
            return schema;
        }

        /** Types whose text form swagger-core does not know. */
        private @Nullable Schema plain(Class<?> type) {
            if (type == ZoneId.class) {
                return text(null).example("Asia/Ho_Chi_Minh");
            }
            if (type == LocalTime.class) {
                return text(null).example("09:30");
            }
            if (type == LocalDateTime.class) {
                return text(null).example("2027-03-01T09:30");
            }
            if (type == LocalDate.class) {
                return text("date");
            }
            if (JsonNode.class.isAssignableFrom(type)) {
                return new JsonSchema();
            }
            boolean text =
                    Stream.of(type.getMethods())
                            .anyMatch(m ->
                                    m.isAnnotationPresent(JsonValue.class)
                                            && m.getReturnType() == String.class);
            return text && type.isRecord() ? idOrText(type) : null;
        }

        private Schema idOrText(Class<?> type) {
            try {
                Object example = type.getConstructor(UUID.class).newInstance(EXAMPLE);
                return text(null).example(example.toString());
            } catch (ReflectiveOperationException e) {
                return text(null);
            }
        }

        @Override
        protected Schema _createSchemaForEnum(Class<Enum<?>> type) {
            Schema<Object> schema = new JsonSchema();
            schema.addType("string");
            for (Enum<?> constant : type.getEnumConstants()) {
                schema.addEnumItemObject(_mapper.convertValue(constant, String.class));
            }
            return schema;
        }

        /** A record that stands for "a string or an object" is not itself an object on the wire. */
        private static void onlyItsAlternatives(Schema<?> schema) {
            schema.setType(null);
            schema.setTypes(null);
            schema.setProperties(null);
            schema.setRequired(null);
        }

        /** A component that is always written, null or not, is there and may be null. */
        @SuppressWarnings("unchecked")
        private void complete(Schema schema, Class<?> type) {
            Map<String, Schema> properties = schema.getProperties();
            for (RecordComponent component : type.getRecordComponents()) {
                JsonInclude include = component.getAccessor().getAnnotation(JsonInclude.class);
                if (include != null && include.value() == JsonInclude.Include.ALWAYS) {
                    String name = nameOf(component);
                    Schema property = properties.get(name);
                    if (property != null && Nullness.isNullable(component.getAnnotatedType())) {
                        property.addType("null");
                    }
                    if (schema.getRequired() == null || !schema.getRequired().contains(name)) {
                        schema.addRequiredItem(name);
                    }
                }
            }
        }

        private String nameOf(RecordComponent component) {
            return _mapper.getPropertyNamingStrategy()
                    .nameForField(_mapper.getSerializationConfig(), null, component.getName());
        }
    }

    /** Two records of one name would silently become one schema. */
    private static final class UniqueNames extends TypeNameResolver {
        private final Map<String, Class<?>> taken = new HashMap<>();

        @Override
        protected String nameForClass(Class<?> type, Set<Options> options) {
            String name = super.nameForClass(type, options);
            Class<?> other = taken.putIfAbsent(name, type);
            if (other != null && other != type) {
                throw new IllegalStateException(
                        String.format(
                                Locale.ROOT,
                                "%s and %s would both be %s in the OpenAPI document; name one by @Schema(name = ...)",
                                type.getName(),
                                other.getName(),
                                name));
            }
            return name;
        }
    }
}
