package io.regulars.platform.templates;

import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;

/** Takes so much text in so much time, and then no more. */
final class LimitedWriter extends Writer {

    /** Templates write in small pieces, and a look at the clock costs more than most of them. */
    private static final int PIECES_A_LOOK = 64;

    private final int largest;
    private final long deadline;
    private char[] text = new char[4_096];
    private int length;
    private int pieces;

    LimitedWriter(int largest, long nanos) {
        this.largest = largest;
        this.deadline = System.nanoTime() + nanos;
    }

    @Override
    public void write(char[] piece, int offset, int count) throws IOException {
        room(count);
        System.arraycopy(piece, offset, text, length, count);
        length += count;
    }

    @Override
    public void write(String piece, int offset, int count) throws IOException {
        room(count);
        piece.getChars(offset, offset + count, text, length);
        length += count;
    }

    private void room(int count) throws IOException {
        if (length + count > largest) {
            throw new IOException("more than " + largest + " characters");
        }
        if (pieces++ % PIECES_A_LOOK == 0 && System.nanoTime() > deadline) {
            throw new IOException("it takes too long");
        }
        if (length + count > text.length) {
            text = Arrays.copyOf(text, Math.max(2 * text.length, length + count));
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
        return new String(text, 0, length);
    }
}
