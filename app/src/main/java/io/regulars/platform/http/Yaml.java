package io.regulars.platform.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

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
                                            .stringQuotingChecker(new PlainWords())
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
            throw malformed(0, 0, "it is empty");
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
        if (!isPlain(text)) {
            return null;
        }
        try {
            return MAPPER.readValue(text, MAPPER.constructType(type));
        } catch (JacksonException e) {
            Optional<Problem> fault = fault(e);
            if (fault.isPresent()) {
                throw fault.get();
            }
            throw e;
        }
    }

    /** Empty for what is YAML and yet not what it should be: that has a pointer. */
    private static Optional<Problem> fault(JacksonException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof InputCoercionException) {
                return Optional.empty();
            }
            if (cause instanceof StreamReadException
                    || cause instanceof StreamConstraintsException) {
                JacksonException fault = (JacksonException) cause;
                JsonLocation at = fault.getLocation();
                return Optional.of(
                        at == null
                                ? malformed(0, 0, firstLine(fault))
                                : malformed(at.getLineNr(), at.getColumnNr(), firstLine(fault)));
            }
        }
        return Optional.empty();
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
            throw malformed(0, 0, "it is not UTF-8");
        }
    }

    /**
     * Whether there is anything in it; goes through the whole text before anything is made of it.
     */
    private static boolean isPlain(String text) {
        int documents = 0;
        boolean something = false;
        try {
            // Events only: nothing is put together, so an alias stays as short as it is.
            for (Event event : new org.yaml.snakeyaml.Yaml().parse(new StringReader(text))) {
                refuseTricks(event);
                something = something || event instanceof NodeEvent;
                documents += event instanceof DocumentStartEvent ? 1 : 0;
                if (documents > 1) {
                    throw malformed(event.getStartMark(), "it holds more than one document");
                }
            }
        } catch (MarkedYAMLException e) {
            throw malformed(e.getProblemMark(), e.getProblem());
        } catch (YAMLException e) {
            throw malformed(0, 0, "it cannot be read");
        }
        return something;
    }

    private static void refuseTricks(Event event) {
        switch (event) {
            case AliasEvent _ ->
                    throw malformed(
                            event.getStartMark(),
                            "aliases (*name) are not taken here; write the value itself");
            case NodeEvent node when node.getAnchor() != null ->
                    throw malformed(event.getStartMark(), "anchors (&name) are not taken here");
            case ScalarEvent scalar when scalar.getTag() != null ->
                    throw malformed(event.getStartMark(), "tags (!name) are not taken here");
            case CollectionStartEvent list when list.getTag() != null ->
                    throw malformed(event.getStartMark(), "tags (!name) are not taken here");
            default -> {}
        }
    }

    private static Problem malformed(@Nullable Mark mark, @Nullable String what) {
        String why = what == null ? "it cannot be read" : what;
        return mark == null
                ? malformed(0, 0, why)
                : malformed(mark.getLine() + 1, mark.getColumn() + 1, why);
    }

    private static Problem malformed(int line, int column, String what) {
        String where = line < 1 ? "" : " at line " + line + ", column " + column;
        return Problem.of(
                ProblemType.MALFORMED_YAML,
                "The body is not valid YAML" + where + ": " + what + ".");
    }

    private static String firstLine(JacksonException e) {
        String message = e.getOriginalMessage();
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    /** Bare words are words; whatever any reader could take for something else is quoted. */
    private static final class PlainWords extends StringQuotingChecker.Default {
        private static final long serialVersionUID = 1L;
        private static final Pattern WORDS =
                Pattern.compile("\\p{L}[\\p{L}\\p{M}_-]*( [\\p{L}\\p{M}_-]+)*");

        @Override
        public boolean needToQuoteName(String name) {
            return needToQuoteValue(name);
        }

        @Override
        public boolean needToQuoteValue(String value) {
            return !WORDS.matcher(value).matches() || super.needToQuoteValue(value);
        }
    }
}
