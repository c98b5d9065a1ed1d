package io.regulars.bench.lab;

import java.io.IOException;
import java.time.Duration;

/** Waiting, in programs that have nothing else to do. */
public final class Pauses {

    private Pauses() {}

    public static void of(Duration time) throws IOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
