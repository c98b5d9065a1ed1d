package io.regulars.platform.smtp;

/**
 * What people typed, made fit for a mail header, and what machines made, checked for it. Every
 * value that reaches a header or an SMTP command passes here: a CR LF in a name would otherwise
 * begin a header of the attacker's choice.
 */
public final class HeaderText {
    private HeaderText() {}

    /**
     * One harmless line: each run of control characters and white space becomes one space, the ends
     * are trimmed.
     */
    public static String clean(String text) {
        return isClean(text) ? text : cleaned(text);
    }

    /** Whether it is words of printable ASCII with one space between them, as most headers are. */
    private static boolean isClean(String text) {
        char before = ' ';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isPrintableAscii(c) || (c == ' ' && before == ' ')) {
                return false;
            }
            before = c;
        }
        return text.isEmpty() || before != ' ';
    }

    private static String cleaned(String text) {
        StringBuilder line = new StringBuilder(text.length());
        boolean gap = false;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            if (breaksLine(point)) {
                gap = true;
            } else if (!isHarmful(point)) {
                if (gap && !line.isEmpty()) {
                    line.append(' ');
                }
                gap = false;
                line.appendCodePoint(point);
            }
        }
        return line.toString();
    }

    /**
     * The value as it is, or a refusal when it holds anything but printable ASCII. For ids,
     * addresses and header names, where a silent repair would name something else.
     */
    static String requirePrintable(String what, String value) {
        if (value.isEmpty() || value.indexOf(' ') >= 0 || !isPrintableAscii(value)) {
            throw new IllegalArgumentException(what + " must be printable ASCII without spaces");
        }
        return value;
    }

    /**
     * Characters no reader sees and only mischief needs: controls, lone surrogates, and the
     * bidirectional controls that open a scope (a name must not turn the words after it around).
     * The plain marks U+200E and U+200F stay: Arabic and Hebrew names are written with them.
     */
    public static boolean isHarmful(int point) {
        return !isPrintableAscii(point) && isHarmfulBeyondAscii(point);
    }

    /** Asked of every header of every mail, so without a stream. */
    static boolean isPrintableAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPrintableAscii(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrintableAscii(int point) {
        return point >= ' ' && point <= '~';
    }

    private static boolean isHarmfulBeyondAscii(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.SURROGATE -> true;
            default ->
                    (point >= 0x202a && point <= 0x202e)
                            || (point >= 0x2066 && point <= 0x2069)
                            || point == 0xfeff;
        };
    }

    private static boolean breaksLine(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR ->
                    true;
            default -> false;
        };
    }
}
