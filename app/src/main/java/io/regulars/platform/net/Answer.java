package io.regulars.platform.net;

import java.time.Duration;
import java.util.Optional;

/** What came of a call to the outside. */
public sealed interface Answer {

    /** From the first look-up of the name to the last byte that was read. */
    Duration took();

    /**
     * The other side said something.
     *
     * @param body as much of it as was read
     * @param retryAfter how long it asks to be left alone
     */
    record Said(int status, String body, Optional<Duration> retryAfter, Duration took)
            implements Answer {}

    /** Nothing was heard in time, or nobody was reached. */
    record Silent(String reason, Duration took) implements Answer {}
}
