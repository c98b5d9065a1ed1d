package io.regulars.events;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.ContextualSerializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.regulars.platform.ids.TypeIds;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes an id with the prefix that {@link TypedId} names. */
final class TypedIdSerializer extends StdSerializer<UUID> implements ContextualSerializer {

    private static final long serialVersionUID = 1L;

    private final String prefix;

    // Jackson makes one without a property first, and asks it for the one that fits.
    TypedIdSerializer() {
        this("");
    }

    private TypedIdSerializer(String prefix) {
        super(UUID.class);
        this.prefix = prefix;
    }

    @Override
    public JsonSerializer<?> createContextual(
            SerializerProvider provider, @Nullable BeanProperty property) {
        TypedId id = requireNonNull(property).getAnnotation(TypedId.class);
        return new TypedIdSerializer(requireNonNull(id).value());
    }

    @Override
    public void serialize(UUID id, JsonGenerator json, SerializerProvider provider)
            throws IOException {
        json.writeString(TypeIds.format(prefix, id));
    }
}
