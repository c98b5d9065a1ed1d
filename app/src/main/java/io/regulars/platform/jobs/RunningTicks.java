package io.regulars.platform.jobs;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts ticks while they run, because Quartz can only wait for them without a limit. */
final class RunningTicks {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private int running;

    void run(Runnable tick) {
        add(1);
        try {
            tick.run();
        } finally {
            add(-1);
        }
    }

    /** Whether all have ended in time. */
    boolean awaitNone(Duration atMost) {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (running > 0 && left > 0) {
                left = ended.awaitNanos(left);
            }
            return running == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void add(int count) {
        lock.lock();
        try {
            running += count;
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
