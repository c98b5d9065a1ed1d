package io.regulars.testing;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.hamcrest.Description;
import org.hamcrest.Matcher;
import org.hamcrest.TypeSafeDiagnosingMatcher;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an answer. A plain path such as {@code points.earned} or {@code data[0].id} is
 * walked; for REST Assured it is a Groovy script, compiled each time it is asked for, which costs
 * more than the request itself.
 */
public final class Fields extends JsonPath {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PLAIN =
            Pattern.compile("\\w+(?:\\[\\d+])?(?:\\.\\w+(?:\\[\\d+])?)*");

    /** Steps that mean something to Groovy where a list is asked for them. */
    private static final Pattern NO_FIELD = Pattern.compile(".*\\.(?:size|class|empty)\\b.*");

    private final Object root;

    /** The fields of a text; none if it is empty. */
    public static Fields of(String json) {
        try {
            return new Fields(json.isEmpty() ? Map.of() : JSON.readValue(json, Object.class), json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    /**
     * Of an answer's body, for {@code then().body(field("points.earned", is(3)))}; what {@code
     * body("points.earned", is(3))} says, without Groovy.
     */
    public static Matcher<String> field(String path, Matcher<?> expected) {
        return new TypeSafeDiagnosingMatcher<>() {
            @Override
            protected boolean matchesSafely(String body, Description mismatch) {
                Object found = Fields.of(body).get(path);
                expected.describeMismatch(found, mismatch);
                return expected.matches(found);
            }

            @Override
            public void describeTo(Description description) {
                description.appendText(path + ": ").appendDescriptionOf(expected);
            }
        };
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Fields(Object root) {
        this(root, text(root));
    }

    private Fields(Object root, String text) {
        super(text);
        this.root = root;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T> T get(String path) {
        if (!PLAIN.matcher(path).matches() || NO_FIELD.matcher(path).matches()) {
            return super.get(path);
        }
        Object found = root;
        for (String step : path.split("[.\\[]", -1)) {
            found = next(found, step);
        }
        return (T) found;
    }

    private static String text(Object root) {
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static @Nullable Object next(@Nullable Object found, String step) {
        if (found instanceof List<?> list) {
            return step.endsWith("]")
                    ? at(list, Integer.parseInt(step.substring(0, step.length() - 1)))
                    : list.stream().map(each -> next(each, step)).toList();
        }
        return found instanceof Map<?, ?> map ? map.get(step) : null;
    }

    private static @Nullable Object at(List<?> list, int index) {
        return index < list.size() ? list.get(index) : null;
    }
}
