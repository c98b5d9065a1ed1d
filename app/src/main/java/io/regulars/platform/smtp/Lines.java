package io.regulars.platform.smtp;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A text in runs of whole lines. What many mails have in common is the same run in all of them, so
 * that its form for the way is made once.
 *
 * @param runs each but the last ends with a line break
 */
public record Lines(List<Run> runs) {

    public static Lines of(String text) {
        return new Lines(List.of(new Run(text)));
    }

    /** Without what its form for the way adds. */
    public int length() {
        return runs.stream().mapToInt(run -> run.text.length()).sum();
    }

    @Override
    public String toString() {
        return runs.stream().map(run -> run.text).collect(Collectors.joining());
    }

    /** Some lines. */
    public static final class Run {
        private final String text;
        private volatile byte @Nullable [] quotedPrintable;

        public Run(String text) {
            this.text = text;
        }

        byte[] quotedPrintable() {
            byte[] known = quotedPrintable;
            if (known == null) {
                known = QuotedPrintable.of(text);
                quotedPrintable = known;
            }
            return known;
        }
    }
}
