package io.regulars.faults;

import io.regulars.platform.time.Clock;
import java.io.IOException;
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

    private final String name;
    private final @Nullable Tripwire wire;
    private final MailSink.@Nullable Moment moment;
    private final AtomicInteger victim = new AtomicInteger(NOBODY);

    private Trap(String name, @Nullable Tripwire wire, MailSink.@Nullable Moment moment) {
        this.name = name;
        this.wire = wire;
        this.moment = moment;
    }

    /** Before the statement reaches the database. */
    static Trap statement(String name, Pattern statement) {
        return new Trap(name, Tripwire.statement(statement), null);
    }

    /** After the statement, before the commit reaches the database. */
    static Trap commit(String name, Pattern statement) {
        return new Trap(name, Tripwire.commit(statement), null);
    }

    /** After the database has committed, before the node hears of it. */
    static Trap committed(String name, Pattern statement) {
        return new Trap(name, Tripwire.committed(statement), null);
    }

    /** In the dialogue with the relay. */
    static Trap dialogue(String name, MailSink.Moment moment) {
        return new Trap(name, null, moment);
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
            Tripwire awaited = wire;
            MailSink.Moment at = moment;
            if (awaited != null) {
                town.wire(node).listen(awaited.at(() -> spring(town, node)));
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
            town.wire(i).listenNoMore();
            town.sinks().of(i).listen(_ -> {});
        }
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
