package io.regulars.faults;

import java.util.Locale;

/** Sentences with figures in them, the same on every machine. */
final class Words {

    private Words() {}

    @SuppressWarnings("AnnotateFormatMethod") // its annotation is on no class path of ours
    static String of(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }
}
