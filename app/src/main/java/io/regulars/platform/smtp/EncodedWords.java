package io.regulars.platform.smtp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Text in headers (RFC 2047): as it is where it is plain ASCII, else in UTF-8 as Base64, a word a
 * line. The library's own way looks for a service provider at each word.
 */
final class EncodedWords {

    /** So many bytes make a word of 75 characters. */
    private static final int LONGEST = 45;

    /** Lines should not be longer; they may be, where there is no space to break them at. */
    private static final int LINE = 76;

    private EncodedWords() {}

    /**
     * @param used how much of the first line the header's name takes
     */
    static String text(String text, int used) {
        return isPlain(text) ? folded(text, used) : encoded(text);
    }

    /** A name before an address. */
    static String phrase(String name) {
        boolean isAtoms =
                name.chars()
                        .allMatch(c ->
                                c == ' '
                                        || (c >= '0' && c <= '9')
                                        || (c >= 'A' && c <= 'Z')
                                        || (c >= 'a' && c <= 'z'));
        return isAtoms && name.length() < LINE / 2 ? name : encoded(name);
    }

    /** What looks like an encoded word already must be told from one. */
    private static boolean isPlain(String text) {
        return HeaderText.isPrintableAscii(text) && !text.contains("=?");
    }

    private static String encoded(String text) {
        StringBuilder words = new StringBuilder(text.length() * 2);
        int from = 0;
        int bytes = 0;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            int size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (bytes + size > LONGEST) {
                word(text.substring(from, at), words);
                from = at;
                bytes = 0;
            }
            bytes += size;
            at += Character.charCount(point);
        }
        word(text.substring(from), words);
        return words.toString();
    }

    private static void word(String part, StringBuilder words) {
        words.append(words.isEmpty() ? "" : "\r\n ")
                .append("=?UTF-8?B?")
                .append(Base64.getEncoder().encodeToString(part.getBytes(StandardCharsets.UTF_8)))
                .append("?=");
    }

    private static String folded(String text, int used) {
        StringBuilder lines = new StringBuilder(text);
        int start = -used;
        while (lines.length() - start > LINE) {
            int space = lines.lastIndexOf(" ", start + LINE);
            if (space <= Math.max(start, 0)) {
                space = lines.indexOf(" ", Math.max(start + LINE, 0));
            }
            if (space < 0) {
                break;
            }
            lines.insert(space, "\r\n");
            start = space + 2;
        }
        return lines.toString();
    }
}
