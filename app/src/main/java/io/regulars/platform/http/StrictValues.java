package io.regulars.platform.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.deser.Deserializers;
import com.fasterxml.jackson.databind.deser.std.EnumDeserializer;
import com.fasterxml.jackson.databind.deser.std.JsonNodeDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.UntypedObjectDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.util.EnumResolver;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Readers and writers for values where Jackson's own are not what the API promises. */
final class StrictValues extends SimpleModule {

    private static final long serialVersionUID = 1L;

    /** Of ten, in a double. */
    private static final int LARGEST_EXPONENT = 308;

    static final int EARLIEST_YEAR = 1900;
    static final int LATEST_YEAR = 9999;

    StrictValues() {
        super("regulars-strict-values");
        addDeserializer(
                Instant.class,
                new Time<>(Instant.class, OffsetDateTime::parse, OffsetDateTime::toInstant));
        addDeserializer(
                LocalDate.class,
                new Time<>(LocalDate.class, LocalDate::parse, Function.identity()));
        addDeserializer(
                LocalDateTime.class,
                new Time<>(LocalDateTime.class, LocalDateTime::parse, Function.identity()));
        addDeserializer(String.class, new CleanString());
        addDeserializer(Object.class, new CleanTree());
        addDeserializer(JsonNode.class, new CleanNode());
        addDeserializer(BigDecimal.class, new Decimal<>(BigDecimal.class, Function.identity()));
        addDeserializer(Double.class, new Decimal<>(Double.class, BigDecimal::doubleValue));
        addDeserializer(double.class, new Decimal<>(double.class, BigDecimal::doubleValue));
        addKeyDeserializer(String.class, new CleanKey());
        // 07:00 as it was sent, not 07:00:00.
        addSerializer(LocalTime.class, ToStringSerializer.instance);
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.addDeserializers(new LowerCaseEnums());
    }

    /**
     * Enums exactly as they are written; Dropwizard's own reader would take upper case and blanks
     * as well.
     */
    private static final class LowerCaseEnums extends Deserializers.Base {
        @Override
        public @Nullable JsonDeserializer<?> findEnumDeserializer(
                Class<?> type, DeserializationConfig config, BeanDescription description) {
            if (description.findJsonValueAccessor() != null) {
                return null;
            }
            EnumResolver names = EnumResolver.constructFor(config, description.getClassInfo());
            return new EnumDeserializer(names, false, null, names);
        }
    }

    /**
     * Only a string, and only in the form of java.time's own parser: no epoch numbers, no arrays.
     * PostgreSQL knows no year 0, and nobody means one in which there was no shop.
     */
    private static final class Time<P extends Temporal, T> extends StdScalarDeserializer<T> {
        private static final long serialVersionUID = 1L;
        private final transient Function<String, P> parse;
        private final transient Function<P, T> as;

        private Time(Class<T> type, Function<String, P> parse, Function<P, T> as) {
            super(type);
            this.parse = parse;
            this.as = as;
        }

        @Override
        @SuppressWarnings("unchecked")
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return (T) context.handleUnexpectedToken(_valueClass, parser);
            }
            String text = parser.getText();
            try {
                P time = parse.apply(text);
                int year = time.get(ChronoField.YEAR);
                if (year < EARLIEST_YEAR || year > LATEST_YEAR) {
                    throw InvalidFormatException.from(parser, "too far away", text, Year.class);
                }
                return as.apply(time);
            } catch (DateTimeException e) {
                return (T)
                        context.handleWeirdStringValue(
                                _valueClass, text, "not in the expected form");
            }
        }
    }

    private static final class CleanString extends StdScalarDeserializer<String> {
        private static final long serialVersionUID = 1L;

        private CleanString() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return (String) context.handleUnexpectedToken(String.class, parser);
            }
            return clean(parser.getText(), parser);
        }
    }

    private static final class CleanKey extends KeyDeserializer {
        @Override
        public Object deserializeKey(String key, DeserializationContext context)
                throws IOException {
            return clean(key, context.getParser());
        }
    }

    private static final class CleanTree extends UntypedObjectDeserializer {
        private static final long serialVersionUID = 1L;

        private CleanTree() {
            super((JavaType) null, (JavaType) null);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            Object value = super.deserialize(parser, context);
            checkTree(value, parser);
            return value;
        }

        private static void checkTree(@Nullable Object value, JsonParser parser)
                throws IOException {
            switch (value) {
                case String text -> clean(text, parser);
                case BigDecimal number -> within(number, parser);
                case Map<?, ?> map -> {
                    for (Map.Entry<?, ?> entry : map.entrySet()) {
                        clean((String) entry.getKey(), parser);
                        checkTree(entry.getValue(), parser);
                    }
                }
                case Iterable<?> list -> {
                    for (Object item : list) {
                        checkTree(item, parser);
                    }
                }
                case null, default -> {}
            }
        }
    }

    private static final class CleanNode extends JsonDeserializer<JsonNode> {
        private static final JsonDeserializer<? extends JsonNode> PLAIN =
                JsonNodeDeserializer.getDeserializer(JsonNode.class);

        @Override
        public JsonNode deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            JsonNode node = PLAIN.deserialize(parser, context);
            check(node, parser);
            return node;
        }

        @Override
        public JsonNode getNullValue(DeserializationContext context) throws JsonMappingException {
            return (JsonNode) PLAIN.getNullValue(context);
        }

        private static void check(JsonNode node, JsonParser parser) throws IOException {
            if (node.isTextual()) {
                clean(node.textValue(), parser);
            }
            if (node.isBigDecimal()) {
                within(node.decimalValue(), parser);
            }
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                clean(entry.getKey(), parser);
            }
            for (JsonNode child : node) {
                check(child, parser);
            }
        }
    }

    /** A number, and none that is written in ten characters and takes a million digits. */
    private static final class Decimal<T> extends StdScalarDeserializer<T> {
        private static final long serialVersionUID = 1L;
        private final transient Function<BigDecimal, T> as;

        private Decimal(Class<T> type, Function<BigDecimal, T> as) {
            super(type);
            this.as = as;
        }

        @Override
        @SuppressWarnings("unchecked")
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.currentToken().isNumeric()) {
                return (T) context.handleUnexpectedToken(_valueClass, parser);
            }
            return as.apply(within(parser.getDecimalValue(), parser));
        }

        @Override
        public @Nullable T getNullValue(DeserializationContext context)
                throws JsonMappingException {
            if (_valueClass.isPrimitive()) {
                context.reportInputMismatch(this, "Cannot map `null` into type double");
            }
            return null;
        }
    }

    /** No more than a double holds: neither other programs nor a column of numbers hold more. */
    private static BigDecimal within(BigDecimal number, JsonParser parser) throws IOException {
        int exponent = number.precision() - number.scale();
        if (number.signum() != 0 && Math.abs(exponent) > LARGEST_EXPONENT) {
            throw new InputCoercionException(
                    parser, "beyond a double", parser.currentToken(), BigDecimal.class);
        }
        return number;
    }

    /**
     * PostgreSQL's text holds neither U+0000 nor half of a surrogate pair; better refused here than
     * there.
     */
    private static String clean(String text, JsonParser parser) throws IOException {
        if (!Texts.isStorable(text)) {
            throw InvalidFormatException.from(parser, "not storable", text, Texts.class);
        }
        return text;
    }
}
