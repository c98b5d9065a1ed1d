package io.regulars.faults;

import io.regulars.bench.lab.Pauses;
import io.regulars.platform.time.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Kills the first node that comes to a certain step on the way of a mail. */
final class Trap {

    static final Pattern PLANNED = Pattern.compile("insert into \\w+\\.message ");
    static final Pattern CLAIMED =
            Pattern.compile(
                    "from \\w+\\.message\\s+where state in \\('planned', 'retry'\\) and urgency");
    static final Pattern MARKED =
            Pattern.compile("update \\w+\\.message m\\s+set state = 'sending'");
    static final Pattern BOOKED =
            Pattern.compile("update \\w+\\.message m\\s+set state = c\\.state");

    private static final int NOBODY = -1;

    /** What of the statement's transaction is awaited. */
    private enum When {
        STATEMENT,
        COMMIT,
        COMMITTED
    }

    private final String name;
    private final @Nullable Pattern statement;
    private final When when;
    private final MailSink.@Nullable Moment moment;
    private final AtomicInteger victim = new AtomicInteger(NOBODY);
    private final Set<String> begun = ConcurrentHashMap.newKeySet();

    private Trap(
            String name, @Nullable Pattern statement, When when, MailSink.@Nullable Moment moment) {
        this.name = name;
        this.statement = statement;
        this.when = when;
        this.moment = moment;
    }

    /** Before the statement reaches the database. */
    static Trap statement(String name, Pattern statement) {
        return new Trap(name, statement, When.STATEMENT, null);
    }

    /** After the statement, before the commit reaches the database. */
    static Trap commit(String name, Pattern statement) {
        return new Trap(name, statement, When.COMMIT, null);
    }

    /** After the database has committed, before the node hears of it. */
    static Trap committed(String name, Pattern statement) {
        return new Trap(name, statement, When.COMMITTED, null);
    }

    /** In the dialogue with the relay. */
    static Trap dialogue(String name, MailSink.Moment moment) {
        return new Trap(name, null, When.STATEMENT, moment);
    }

    String name() {
        return name;
    }

    /** Who was killed; negative if nobody came by yet. */
    int victim() {
        return victim.get();
    }

    void set(Town town) {
        for (int i = 0; i < 2; i++) {
            int node = i;
            Pattern awaited = statement;
            MailSink.Moment at = moment;
            if (awaited != null) {
                town.wire(node)
                        .listen((connection, sql) -> passes(town, node, connection, sql, awaited));
            }
            if (at != null) {
                town.sinks()
                        .of(node)
                        .listen(now -> {
                            if (now == at) {
                                spring(town, node);
                            }
                        });
            }
        }
    }

    void disarm(Town town) {
        for (int i = 0; i < 2; i++) {
            town.wire(i).listen((_, _) -> false);
            town.sinks().of(i).listen(_ -> {});
        }
    }

    /** Whether the answers on this connection are to be kept back. */
    private boolean passes(Town town, int node, long connection, String sql, Pattern awaited) {
        String line = node + "/" + connection;
        if (awaited.matcher(sql).find()) {
            begun.add(line);
            if (when == When.STATEMENT) {
                spring(town, node);
            }
            return false;
        }
        if (!sql.equalsIgnoreCase("commit") || !begun.remove(line)) {
            return false;
        }
        if (when == When.COMMIT) {
            spring(town, node);
        }
        if (when == When.COMMITTED && victim.get() == NOBODY) {
            // The commit is on its way when this returns; its answer does not come through.
            Thread.ofPlatform().daemon().start(() -> springLater(town, node));
            return true;
        }
        return false;
    }

    private void springLater(Town town, int node) {
        try {
            Pauses.of(Duration.ofMillis(200));
        } catch (IOException e) {
            return;
        }
        spring(town, node);
    }

    private void spring(Town town, int node) {
        if (victim.compareAndSet(NOBODY, node)) {
            try {
                town.node(node).kill();
            } catch (IOException e) {
                town.lab().say("not killed at " + Clock.system().now() + ": " + e);
            }
        }
    }
}
