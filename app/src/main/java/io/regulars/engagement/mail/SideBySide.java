package io.regulars.engagement.mail;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Does the same with several things at once. */
final class SideBySide {

    private SideBySide() {}

    /** The results in the order of the things. */
    static <T, R> List<R> map(List<T> things, Function<T, R> work) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<R>> running =
                    things.stream().map(thing -> threads.submit(() -> work.apply(thing))).toList();
            return running.stream().map(SideBySide::awaited).toList();
        }
    }

    static <R> R awaited(Future<R> running) {
        try {
            return running.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("one of several failed", e.getCause());
        }
    }
}
