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

    /** More than is ever written at once beside plain text. */
    private static final int PLACES = 3;

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
        int i = 0;
        while (i < text.length) {
            int end = endOfPlain(text, i);
            if (end > i) {
                plain(text, i, end);
                i = end;
            } else {
                i += single(text, i);
            }
        }
    }

    /** Where what needs no escape ends; most of a mail is such text. */
    private static int endOfPlain(byte[] text, int from) {
        int end = from;
        while (end < text.length && text[end] >= ' ' && text[end] <= '~' && text[end] != '=') {
            end++;
        }
        // A space at the end of a line would be lost on the way.
        return end > from && text[end - 1] == ' ' && endsLine(text, end) ? end - 1 : end;
    }

    private void plain(byte[] text, int from, int end) {
        boolean lastOfLine = endsLine(text, end);
        int i = from;
        while (i < end) {
            int length = Math.min(end - i, places(end - i, lastOfLine));
            if (length == 0) {
                goOn();
            } else {
                ensure(length);
                System.arraycopy(text, i, out, this.length, length);
                this.length += length;
                column += length;
                i += length;
            }
        }
    }

    /** Writes what is not plain, and answers how many bytes of the text that was. */
    private int single(byte[] text, int at) {
        byte b = text[at];
        if (!isBreak(b)) {
            escaped(b, endsLine(text, at + 1));
            return 1;
        }
        newLine();
        return b == '\r' && at + 1 < text.length && text[at + 1] == '\n' ? 2 : 1;
    }

    private static boolean endsLine(byte[] text, int at) {
        return at == text.length || isBreak(text[at]);
    }

    private static boolean isBreak(byte b) {
        return b == '\n' || b == '\r';
    }

    private void escaped(byte b, boolean lastOfLine) {
        if (places(3, lastOfLine) < 3) {
            goOn();
        }
        ensure(PLACES);
        out[length++] = '=';
        out[length++] = HEX[(b >> 4) & 0xf];
        out[length++] = HEX[b & 0xf];
        column += 3;
    }

    /** What still fits: a line that goes on needs a place for the sign that says so. */
    private int places(int wanted, boolean lastOfLine) {
        int left = LONGEST - column;
        return lastOfLine && wanted <= left ? left : left - 1;
    }

    private void goOn() {
        ensure(PLACES);
        out[length++] = '=';
        newLine();
    }

    private void newLine() {
        ensure(PLACES);
        out[length++] = '\r';
        out[length++] = '\n';
        column = 0;
    }

    private void ensure(int places) {
        if (out.length - length < places) {
            out = Arrays.copyOf(out, Math.max(out.length * 2, length + places));
        }
    }
}
