package io.regulars.tenancy.access;

import io.dropwizard.lifecycle.Managed;
import io.regulars.platform.background.WokenLoop;
import io.regulars.platform.db.ControlDb;
import io.regulars.platform.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Notes when keys and sessions were last used: once a minute, beside the requests. What a crash
 * loses is no loss.
 */
public final class LastUse implements Managed {

    private final ControlDb control;
    private final Clock clock;
    private final Set<UUID> keys = ConcurrentHashMap.newKeySet();
    private final Set<String> sessions = ConcurrentHashMap.newKeySet();
    private final WokenLoop loop = new WokenLoop("last-use", Duration.ofMinutes(1), this::write);

    public LastUse(ControlDb control, Clock clock) {
        this.control = control;
        this.clock = clock;
    }

    void ofKey(ApiKeyId key) {
        keys.add(key.uuid());
    }

    void ofSession(byte[] hash) {
        sessions.add(HexFormat.of().formatHex(hash));
    }

    @Override
    public void start() {
        loop.start();
    }

    @Override
    public void stop() throws InterruptedException {
        loop.stop();
        write();
    }

    void write() {
        // In one order on every node, so that two of them cannot wait for each other.
        List<UUID> usedKeys = taken(keys).stream().sorted().toList();
        List<byte[]> usedSessions =
                taken(sessions).stream().sorted().map(HexFormat.of()::parseHex).toList();
        if (!usedKeys.isEmpty()) {
            control.run(handle -> new ApiKeyDao(handle).used(usedKeys, clock.now()));
        }
        if (!usedSessions.isEmpty()) {
            control.run(handle -> new SessionDao(handle).used(usedSessions, clock.now()));
        }
    }

    private static <T> List<T> taken(Set<T> noted) {
        List<T> taken = new ArrayList<>(noted);
        taken.forEach(noted::remove);
        return taken;
    }
}
