package io.regulars.platform.templates;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;

/** Takes so much text in so much time, and then no more. */
final class LimitedWriter extends Writer {

    private final StringWriter out = new StringWriter(16_384);
    private final int largest;
    private final long deadline;

    LimitedWriter(int largest, long nanos) {
        this.largest = largest;
        this.deadline = System.nanoTime() + nanos;
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        room(length);
        out.write(text, offset, length);
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        room(length);
        out.write(text, offset, length);
    }

    private void room(int length) throws IOException {
        if (out.getBuffer().length() + length > largest) {
            throw new IOException("more than " + largest + " characters");
        }
        if (System.nanoTime() > deadline) {
            throw new IOException("it takes too long");
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
        return out.toString();
    }
}
