package io.regulars.platform.smtp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Text as quoted-printable UTF-8 (RFC 2045, 6.7). What it writes never holds {@code =_}, so that a
 * boundary with it in cannot occur in the text.
 */
final class QuotedPrintable {

    /** Of a line, with the sign that it goes on. */
    private static final int LONGEST = 76;

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private final ByteArrayOutputStream out;
    private int column;

    private QuotedPrintable(ByteArrayOutputStream out) {
        this.out = out;
    }

    /** Each kind of line break becomes CR LF. */
    static void write(String text, ByteArrayOutputStream out) {
        new QuotedPrintable(out).write(text.getBytes(StandardCharsets.UTF_8));
    }

    private void write(byte[] text) {
        for (int i = 0; i < text.length; i++) {
            byte b = text[i];
            boolean lastOfLine = i + 1 == text.length || isBreak(text[i + 1]);
            if (b == '\r' && i + 1 < text.length && text[i + 1] == '\n') {
                // The line feed after it says it.
                continue;
            }
            if (isBreak(b)) {
                newLine();
            } else if (b == '=' || b < ' ' || b > '~' || b == ' ' && lastOfLine) {
                escaped(b, lastOfLine);
            } else {
                room(1, lastOfLine);
                out.write(b);
                column++;
            }
        }
    }

    private static boolean isBreak(byte b) {
        return b == '\n' || b == '\r';
    }

    private void escaped(byte b, boolean lastOfLine) {
        room(3, lastOfLine);
        out.write('=');
        out.write(HEX[(b >> 4) & 0xf]);
        out.write(HEX[b & 0xf]);
        column += 3;
    }

    /** A line that goes on needs a place for the sign that says so. */
    private void room(int wanted, boolean lastOfLine) {
        if (column + wanted > (lastOfLine ? LONGEST : LONGEST - 1)) {
            out.write('=');
            newLine();
        }
    }

    private void newLine() {
        out.write('\r');
        out.write('\n');
        column = 0;
    }
}
