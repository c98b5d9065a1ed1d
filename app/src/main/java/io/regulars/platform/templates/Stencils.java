package io.regulars.platform.templates;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import freemarker.core.HTMLOutputFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The mails of a campaign differ in a few texts only: the second of a shape is printed with places
 * for them, and those that follow are filled in. What cannot be made that way is printed each time.
 */
final class Stencils {

    /** In characters of all that is kept. */
    private static final long KEPT = 4_000_000;

    /** A shape with more in it, such as a drawn code, does not come again. */
    private static final int LARGEST_SHAPE = 300;

    private static final int SMALLEST_WEIGHT = 1_000;

    private final Cache<Key, State> known =
            Caffeine.newBuilder()
                    .maximumWeight(KEPT)
                    .weigher((Key key, State state) -> SMALLEST_WEIGHT + state.length())
                    .build();

    /**
     * @param message the templates' name, with their language
     */
    private record Key(String message, Map<String, Object> common) {}

    private sealed interface State {
        default int length() {
            return 0;
        }
    }

    private record SeenOnce() implements State {}

    /** A template looks into a text. */
    private record Never() implements State {}

    private record Cut(Stencil subject, Stencil html, Stencil text) implements State {
        static Cut of(Rendered printed) {
            return new Cut(
                    Stencil.of(printed.subject()),
                    Stencil.of(printed.html()),
                    Stencil.of(printed.text()));
        }

        Rendered filled(List<String> texts) {
            return new Rendered(
                    subject.filled(texts).toString(),
                    html.filled(
                            texts.stream()
                                    .map(HTMLOutputFormat.INSTANCE::escapePlainText)
                                    .toList()),
                    text.filled(texts).toString());
        }

        /** The HTML is kept in its form for the way as well. */
        @Override
        public int length() {
            return subject.length() + 2 * html.length() + text.length();
        }
    }

    /**
     * The mail as printing it would give it, or empty when it has to be printed.
     *
     * @param printing fills the templates with a model as it is
     */
    Optional<Rendered> filled(
            String message,
            Map<String, Object> cleanModel,
            Function<Map<String, Object>, Rendered> printing) {
        Shape shape = Shape.of(cleanModel);
        if (shape.size() > LARGEST_SHAPE) {
            return Optional.empty();
        }
        Key key = new Key(message, shape.common());
        State state = known.getIfPresent(key);
        if (state == null) {
            known.put(key, new SeenOnce());
        } else if (state instanceof SeenOnce) {
            state = cut(printing, shape);
            known.put(key, state);
        }
        return state instanceof Cut cut
                ? Optional.of(cut.filled(shape.texts())).filter(Stencils::isWithinLimit)
                : Optional.empty();
    }

    /** What is too large is printed, and fails as it should. */
    private static boolean isWithinLimit(Rendered mail) {
        return mail.htmlLines().length() <= TemplateFiles.LARGEST
                && mail.text().length() <= TemplateFiles.LARGEST;
    }

    /** Whether mails of this shape are filled in by now. */
    boolean knows(String message, Map<String, Object> cleanModel) {
        return known.getIfPresent(new Key(message, Shape.of(cleanModel).common())) instanceof Cut;
    }

    private static State cut(Function<Map<String, Object>, Rendered> printing, Shape shape) {
        try {
            return Cut.of(printing.apply(shape.common()));
        } catch (RenderingFailed e) {
            return new Never();
        }
    }
}
