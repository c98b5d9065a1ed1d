package io.regulars.platform.embedded;

import org.jspecify.annotations.Nullable;

/**
 * The embedded database cannot run; the message says why, and what to do, in words for whoever
 * started the service.
 */
public final class EmbeddedDatabaseException extends RuntimeException {
    EmbeddedDatabaseException(String message) {
        super(message);
    }

    EmbeddedDatabaseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
