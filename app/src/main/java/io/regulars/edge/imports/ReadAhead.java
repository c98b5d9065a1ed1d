package io.regulars.edge.imports;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Reads the next batch while the one before it is being written: the file keeps one processor busy,
 * the database another.
 */
final class ReadAhead implements Batches, AutoCloseable {

    private final Batches batches;
    private final ExecutorService reader =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("import-reader").factory());
    private @Nullable Future<Batch> ahead;

    ReadAhead(Batches batches) {
        this.batches = batches;
    }

    @Override
    public Batch next() {
        Future<Batch> waiting = ahead;
        Batch batch = waiting == null ? batches.next() : result(waiting);
        ahead = batch.isLast() ? null : reader.submit(batches::next);
        return batch;
    }

    private static Batch result(Future<Batch> waiting) {
        try {
            return waiting.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a file was read", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Waits until nobody reads any more. */
    @Override
    public void close() {
        reader.close();
    }
}
