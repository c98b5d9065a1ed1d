package io.regulars.demo;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Sentences with values in them, the same in every locale of the machine. */
final class Wording {
    private Wording() {}

    @SuppressWarnings("AnnotateFormatMethod") // its annotation is on no class path of ours
    static String text(String template, @Nullable Object... values) {
        return String.format(Locale.ROOT, template, values);
    }

    /** "9,001 purchases". */
    static String counted(long count, String what) {
        return text("%,d %s", count, what);
    }
}
