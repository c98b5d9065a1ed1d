package io.regulars.engagement.mail;

import java.time.Duration;

/**
 * How many mails are taken in hand at once: what the relay takes in a moment. All of them are in
 * doubt when the process dies in the middle, so a slow relay gets few; to a fast one the way to the
 * database and back would otherwise cost more than the mails.
 */
final class GroupSize {

    static final int LEAST = 32;
    static final int MOST = 128;
    private static final Duration MOMENT = Duration.ofMillis(250);

    private volatile int size = LEAST;

    int now() {
        return size;
    }

    /** So many mails took the relay so long. Grows step by step, and shrinks at once. */
    void learn(int mails, long nanos) {
        int before = size;
        // A few mails say little about many.
        if (mails * 2 >= before) {
            long inAMoment = mails * MOMENT.toNanos() / Math.max(1, nanos);
            size = Math.clamp(Math.min(inAMoment, 2L * before), LEAST, MOST);
        }
    }
}
