package io.regulars.platform.work;

import io.regulars.platform.db.ControlDb;
import io.regulars.platform.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Notes that are not in the database yet. While one batch is being written the next one gathers, so
 * that a busy shop costs a handful of statements a second and not one per purchase.
 */
final class Notes {

    private static final int BATCH = 500;

    private final Set<LaneKey> pending = ConcurrentHashMap.newKeySet();
    private final AtomicLong added = new AtomicLong();
    private final ControlDb control;
    private final Clock clock;

    Notes(ControlDb control, Clock clock) {
        this.control = control;
        this.clock = clock;
    }

    void add(LaneKey lane) {
        added.incrementAndGet();
        pending.add(lane);
    }

    /** How many notes there were ever. */
    long added() {
        return added.get();
    }

    /** Answers which lanes have been written; what another thread was writing is written, too. */
    synchronized List<LaneKey> flush() {
        List<LaneKey> batch = pending.stream().limit(BATCH).toList();
        if (batch.isEmpty()) {
            return batch;
        }
        // Taken out before they are written: a note that comes meanwhile is a new one.
        batch.forEach(pending::remove);
        try {
            control.run(handle -> new LaneDao(handle).note(batch, clock.now()));
        } catch (RuntimeException e) {
            pending.addAll(batch);
            throw e;
        }
        return batch;
    }
}
