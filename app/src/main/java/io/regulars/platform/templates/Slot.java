package io.regulars.platform.templates;

import freemarker.core.CommonMarkupOutputFormat;
import freemarker.core.CommonTemplateMarkupOutputModel;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * Stands in a model for a text that is not known yet. A template can print it and pass it on; one
 * that looks into it fails, so that nothing but a place to be filled can come of it.
 */
final class Slot extends CommonTemplateMarkupOutputModel<Slot> {

    /** No text of a model holds it: {@link ModelText} takes control characters away. */
    static final char MARK = '\u0001';

    /** Private characters, which no output format escapes. */
    private static final char FIRST = '\ue000';

    /** Of a mark and the number that follows it, in what was printed. */
    static final int LENGTH = 2;

    static final int MOST = 1_000;

    private static final Format FORMAT = new Format();

    private Slot(@Nullable String plain, @Nullable String markup) {
        super(plain, markup);
    }

    static Slot of(int number) {
        return new Slot(String.valueOf(new char[] {MARK, (char) (FIRST + number)}), null);
    }

    /** Which slot follows the mark at this place of what was printed. */
    static int number(String printed, int mark) {
        return printed.charAt(mark + 1) - FIRST;
    }

    @Override
    public Format getOutputFormat() {
        return FORMAT;
    }

    /** Of no kind of its own: the template around it escapes what it stands for. */
    static final class Format extends CommonMarkupOutputFormat<Slot> {

        @Override
        public String getName() {
            return "slot";
        }

        @Override
        public String getMimeType() {
            return "text/plain";
        }

        @Override
        public void output(String text, Writer out) throws IOException {
            out.write(text);
        }

        @Override
        public String escapePlainText(String text) {
            return text;
        }

        @Override
        public boolean isLegacyBuiltInBypassed(String builtIn) {
            return false;
        }

        @Override
        protected Slot newTemplateMarkupOutputModel(
                @Nullable String plain, @Nullable String markup) {
            return new Slot(plain, markup);
        }
    }
}
