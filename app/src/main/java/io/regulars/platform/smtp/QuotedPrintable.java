package io.regulars.platform.smtp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text as quoted-printable UTF-8 (RFC 2045, 6.7). What it writes never holds {@code =_}, so that a
 * boundary with it in cannot occur in the text.
 */
final class QuotedPrintable {

    /** Of a line, with the sign that it goes on. */
    private static final int LONGEST = 76;

    /** A byte takes at most three places and, at the end of a line, three more. */
    private static final int PLACES = 6;

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private byte[] out;
    private int length;
    private int column;

    private QuotedPrintable(int expected) {
        this.out = new byte[expected];
    }

    /** Each kind of line break becomes CR LF. */
    static byte[] of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        QuotedPrintable encoder = new QuotedPrintable(bytes.length * 5 / 4 + 100);
        encoder.write(bytes);
        return Arrays.copyOf(encoder.out, encoder.length);
    }

    private void write(byte[] text) {
        for (int i = 0; i < text.length; i++) {
            if (out.length - length < PLACES) {
                out = Arrays.copyOf(out, out.length * 2);
            }
            byte b = text[i];
            boolean lastOfLine = i + 1 == text.length || isBreak(text[i + 1]);
            if (b == '\r' && i + 1 < text.length && text[i + 1] == '\n') {
                // The line feed after it says it.
                continue;
            }
            if (isBreak(b)) {
                newLine();
            } else if (b == '=' || b < ' ' || b > '~' || (b == ' ' && lastOfLine)) {
                escaped(b, lastOfLine);
            } else {
                room(1, lastOfLine);
                out[length++] = b;
                column++;
            }
        }
    }

    private static boolean isBreak(byte b) {
        return b == '\n' || b == '\r';
    }

    private void escaped(byte b, boolean lastOfLine) {
        room(3, lastOfLine);
        out[length++] = '=';
        out[length++] = HEX[(b >> 4) & 0xf];
        out[length++] = HEX[b & 0xf];
        column += 3;
    }

    /** A line that goes on needs a place for the sign that says so. */
    private void room(int wanted, boolean lastOfLine) {
        if (column + wanted > (lastOfLine ? LONGEST : LONGEST - 1)) {
            out[length++] = '=';
            newLine();
        }
    }

    private void newLine() {
        out[length++] = '\r';
        out[length++] = '\n';
        column = 0;
    }
}
