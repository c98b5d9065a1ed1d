package io.regulars.engagement.pace;

import io.regulars.platform.db.ControlDb;
import java.time.Instant;
import java.util.Optional;

/**
 * The operator's switch: while a relay is held, mail waits on every node. What is too late by the
 * time it is released is skipped as usual.
 */
public final class RelayHold {

    private final ControlDb control;
    private final String relay;

    /**
     * @param relay as {@code host:port}
     */
    public RelayHold(ControlDb control, String relay) {
        this.control = control;
        this.relay = relay;
    }

    /** Since when, and what the operator said about it. */
    public record Held(String reason, Instant at) {}

    public void hold(String reason, Instant now) {
        control.run(handle -> new PaceDao(handle).hold(relay, reason, now));
    }

    public void release() {
        control.run(handle -> new PaceDao(handle).release(relay));
    }

    public Optional<Held> state() {
        return control.inTransaction(handle -> new PaceDao(handle).held(relay));
    }
}
