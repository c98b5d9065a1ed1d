package io.regulars.platform.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * YAML in the manner of our JSON: one document of maps, lists and plain values. Anchors, aliases
 * and tags are refused, so that a text means what it looks like and never more than it is long.
 */
public final class Yaml {

    /** RFC 9512. */
    public static final String MEDIA_TYPE = "application/yaml";

    private static final ObjectMapper MAPPER =
            JsonManners.configure(
                    new ObjectMapper(
                                    YAMLFactory.builder()
                                            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                                            .disable(YAMLGenerator.Feature.SPLIT_LINES)
                                            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                                            .enable(
                                                    YAMLGenerator.Feature
                                                            .ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                                            .enable(
                                                    YAMLGenerator.Feature
                                                            .INDENT_ARRAYS_WITH_INDICATOR)
                                            .build())
                            .registerModule(new JavaTimeModule()));

    private Yaml() {}

    /**
     * Reads a file of our own.
     *
     * @throws Problem where it is not what it should be
     */
    public static <T> T read(byte[] bytes, Class<T> type) throws IOException {
        Object value = read(bytes, (Type) type);
        if (value == null) {
            throw malformed(null, "it is empty");
        }
        return type.cast(value);
    }

    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as YAML: " + value.getClass(), e);
        }
    }

    /** Null for a text that says nothing. */
    static @Nullable Object read(byte[] bytes, Type type) throws IOException {
        String text = decoded(bytes);
        if (isPlain(text)) {
            return MAPPER.readValue(text, MAPPER.constructType(type));
        }
        return null;
    }

    private static String decoded(byte[] bytes) {
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(bytes))
                            .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw malformed(null, "it is not UTF-8");
        }
    }

    /**
     * Whether there is anything in it; goes through the whole text before anything is made of it.
     */
    private static boolean isPlain(String text) throws IOException {
        boolean something = false;
        try (YAMLParser parser = (YAMLParser) MAPPER.getFactory().createParser(text)) {
            for (JsonToken token = next(parser); token != null; token = next(parser)) {
                something = true;
                refuseTricks(parser, token);
            }
        } catch (StreamReadException | StreamConstraintsException e) {
            throw malformed(e.getLocation(), firstLine(e));
        }
        return something;
    }

    private static @Nullable JsonToken next(JsonParser parser) throws IOException {
        return parser.nextToken();
    }

    private static void refuseTricks(YAMLParser parser, JsonToken token) throws IOException {
        JsonLocation place = parser.currentTokenLocation();
        if (parser.isCurrentAlias()) {
            throw malformed(place, "aliases (*name) are not taken here; write the value itself");
        }
        if (parser.getObjectId() != null) {
            throw malformed(place, "anchors (&name) are not taken here");
        }
        if (parser.getTypeId() != null && token != JsonToken.FIELD_NAME) {
            throw malformed(place, "tags (!name) are not taken here");
        }
    }

    private static Problem malformed(@Nullable JsonLocation place, String what) {
        String where =
                place == null || place.getLineNr() < 1
                        ? ""
                        : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
        return Problem.of(
                ProblemType.MALFORMED_YAML,
                "The body is not valid YAML" + where + ": " + what + ".");
    }

    private static String firstLine(JacksonException e) {
        String message = e.getOriginalMessage();
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
