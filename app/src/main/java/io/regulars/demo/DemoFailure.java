package io.regulars.demo;

/**
 * The demo cannot go on; the message is for the person at the terminal and says what to do about
 * it.
 */
public final class DemoFailure extends RuntimeException {
    public DemoFailure(String message) {
        super(message);
    }

    public DemoFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
