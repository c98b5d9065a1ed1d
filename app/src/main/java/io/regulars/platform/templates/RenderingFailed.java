package io.regulars.platform.templates;

/**
 * A template of ours is broken, absent, or was given too little: a fault to repair, never something
 * to send.
 */
public final class RenderingFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    RenderingFailed(String message, Throwable cause) {
        super(message, cause);
    }

    RenderingFailed(String message) {
        super(message);
    }
}
