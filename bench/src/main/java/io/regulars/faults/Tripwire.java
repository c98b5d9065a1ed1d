package io.regulars.faults;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * Springs once, when a statement, or the transaction that it is of, comes to a certain step on its
 * way to the database. Several wires may share it: then the first counts.
 */
final class Tripwire {

    /** Long enough for a commit to be carried out, whose answer nobody gets. */
    private static final long COMMITTED_BY_THEN_MILLIS = 200;

    /** What of the statement's transaction is awaited. */
    private enum When {
        STATEMENT,
        COMMIT,
        COMMITTED
    }

    private final Pattern statement;
    private final When when;
    private final AtomicBoolean sprung = new AtomicBoolean();

    private Tripwire(Pattern statement, When when) {
        this.statement = statement;
        this.when = when;
    }

    /** Before the statement reaches the database. */
    static Tripwire statement(Pattern statement) {
        return new Tripwire(statement, When.STATEMENT);
    }

    /** After the statement, before the commit reaches the database. */
    static Tripwire commit(Pattern statement) {
        return new Tripwire(statement, When.COMMIT);
    }

    /** After the database has committed, before the node hears of it. */
    static Tripwire committed(Pattern statement) {
        return new Tripwire(statement, When.COMMITTED);
    }

    /** To be hung on one node's wire. */
    Wire.Listener at(Runnable spring) {
        Set<Long> begun = ConcurrentHashMap.newKeySet();
        return (connection, sql) -> passes(begun, connection, sql, spring);
    }

    private Wire.Passage passes(Set<Long> begun, long connection, String sql, Runnable spring) {
        if (statement.matcher(sql).find()) {
            begun.add(connection);
            return when == When.STATEMENT ? lost(spring) : Wire.Passage.THROUGH;
        }
        if (!sql.equalsIgnoreCase("commit") || !begun.remove(connection)) {
            return Wire.Passage.THROUGH;
        }
        if (when == When.COMMITTED && !sprung.get()) {
            // The commit is on its way when this returns; its answer does not come through.
            CompletableFuture.delayedExecutor(COMMITTED_BY_THEN_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(() -> once(spring));
            return Wire.Passage.UNANSWERED;
        }
        return when == When.COMMIT ? lost(spring) : Wire.Passage.THROUGH;
    }

    /** What was about to be sent when it sprang never arrives. */
    private Wire.Passage lost(Runnable spring) {
        return once(spring) ? Wire.Passage.LOST : Wire.Passage.THROUGH;
    }

    private boolean once(Runnable spring) {
        boolean first = sprung.compareAndSet(false, true);
        if (first) {
            spring.run();
        }
        return first;
    }
}
