package io.regulars.demo;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How long to wait for what the service does in its own time. The service is another process seen
 * over REST: there is no signal to wait for, only looking again.
 *
 * @param step between two looks
 * @param mail for the verification mail
 * @param stall for an import that makes no headway
 * @param campaign for the birthday mails, counted from the hour they are planned for
 */
record Patience(Duration step, Duration mail, Duration stall, Duration campaign) {
    static final Patience USUAL =
            new Patience(
                    Duration.ofMillis(500),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(3),
                    Duration.ofMinutes(4));

    <T> Optional<T> until(Duration limit, Supplier<Optional<T>> look) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<T> found = look.get();
            if (found.isPresent() || System.nanoTime() >= end) {
                return found;
            }
            pause(step);
        }
    }

    /**
     * Interrupted means that the person pressed Ctrl-C: the demo ends, the thread stays
     * interrupted.
     */
    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("Stopped. Start the demo again to go on.", e);
        }
    }
}
