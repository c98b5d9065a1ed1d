package io.regulars.platform.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads one part of many, so that a part that is refused does not keep the others out. Its pointers
 * begin at the part.
 *
 * @param <T> the part
 * @param <R> a part, or why there is none
 */
public abstract class PartReader<T, R> extends JsonDeserializer<R> {

    private final Class<T> type;

    protected PartReader(Class<T> type) {
        this.type = type;
    }

    protected abstract R read(T part);

    protected abstract R refused(Problem why);

    @Override
    public R deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        // Broken JSON is broken for all.
        JsonNode tree = context.readTree(parser);
        try {
            return read(context.readTreeAsValue(tree, type));
        } catch (JacksonException e) {
            Optional<Problem> problem = JacksonProblems.of(e);
            if (problem.isPresent()) {
                return refused(problem.get());
            }
            throw e;
        }
    }

    @Override
    public R getNullValue(DeserializationContext context) {
        return refused(Problem.invalid("", "required", "There is nothing here."));
    }
}
