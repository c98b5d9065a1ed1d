package io.regulars.platform.db;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that was asked of the database and comes with the next round trip, at the latest when
 * it is needed.
 */
public final class Later<T> implements Supplier<T> {

    private final Runnable fetch;
    private @Nullable T value;

    Later(Runnable fetch) {
        this.fetch = fetch;
    }

    void come(T found) {
        value = found;
    }

    @Override
    public T get() {
        if (value == null) {
            fetch.run();
        }
        if (value == null) {
            throw new IllegalStateException("what was asked for was given up");
        }
        return value;
    }
}
