package io.regulars.platform.smtp;

import jakarta.mail.Address;
import jakarta.mail.Session;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands mails to one relay over a few kept connections. Safe to call from many threads; a caller
 * waits for a free connection, for a while. Nothing is thrown for what the relay or the network
 * does: {@link Handover} says it.
 */
public final class Relay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final SmtpUrl url;
    private final ScheduledExecutorService timer;
    private final ScheduledFuture<?> sweeping;
    private final Session session;
    private final Semaphore free;
    // The last one used stands first, so that a quiet time needs few connections and the rest can
    // be closed.
    private final Deque<Idle> idle = new ArrayDeque<>();
    private volatile boolean closed;

    private record Idle(RelayConnection connection, long since) {}

    public Relay(SmtpUrl url) {
        this.url = url;
        this.timer = timer();
        this.session = Session.getInstance(properties(url, timer));
        this.free = new Semaphore(url.pool().connections(), true);
        long every = Math.max(50, url.timeouts().idle().toMillis() / 4);
        this.sweeping =
                timer.scheduleWithFixedDelay(this::closeIdle, every, every, TimeUnit.MILLISECONDS);
    }

    /** Hands one mail over. Takes as long as the relay and the time-outs let it. */
    public Handover deliver(Outgoing mail) {
        MimeMail mime = MimeMail.of(mail, session);
        Address[] recipient = {mail.to().internetAddress()};
        try {
            if (closed) {
                return deferred("The relay is being closed");
            }
            if (!free.tryAcquire(url.timeouts().free().toMillis(), TimeUnit.MILLISECONDS)) {
                return deferred("All connections to " + url + " are busy");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return deferred("Interrupted while waiting for a connection");
        }
        try {
            return closed ? deferred("The relay is being closed") : deliver(mime, recipient);
        } finally {
            free.release();
        }
    }

    private Handover deliver(MimeMail mail, Address[] recipient) {
        RelayConnection kept = takeIdle();
        if (kept != null) {
            Handover handover = kept.hand(mail, recipient);
            boolean stale = kept.diedUnused();
            putBack(kept);
            if (!stale) {
                return handover;
            }
            // A relay may close a kept connection whenever it likes: that is no failure of this
            // mail.
        }
        try {
            RelayConnection fresh = RelayConnection.open(session, url);
            Handover handover = fresh.hand(mail, recipient);
            putBack(fresh);
            return handover;
        } catch (RelayConnection.NoConnection e) {
            return e.deferred;
        }
    }

    private @Nullable RelayConnection takeIdle() {
        synchronized (idle) {
            Idle first = idle.peekFirst();
            // The newest has waited too long, so all have: the sweep is about to close them.
            return first == null || hasWaitedTooLong(first)
                    ? null
                    : idle.removeFirst().connection();
        }
    }

    private void putBack(RelayConnection connection) {
        if (connection.isUsable()
                && connection.handed() < url.pool().messagesPerConnection()
                && !closed) {
            synchronized (idle) {
                idle.addFirst(new Idle(connection, System.nanoTime()));
            }
        } else {
            connection.end();
        }
    }

    private void closeIdle() {
        List<Idle> tooOld = new ArrayList<>();
        synchronized (idle) {
            while (!idle.isEmpty() && (closed || hasWaitedTooLong(idle.getLast()))) {
                tooOld.add(idle.removeLast());
            }
        }
        tooOld.forEach(waiting -> waiting.connection().end());
    }

    private boolean hasWaitedTooLong(Idle waiting) {
        return System.nanoTime() - waiting.since() > url.timeouts().idle().toNanos();
    }

    /** Lets running hand-overs end, for a short while, and says goodbye on each connection. */
    @Override
    public void close() {
        closed = true;
        sweeping.cancel(false);
        try {
            if (!free.tryAcquire(
                    url.pool().connections(), GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Closing {} with hand-overs still running", url);
            } else {
                // Whoever waits for a connection now learns that there will be none.
                free.release(url.pool().connections());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeIdle();
        timer.shutdown();
    }

    private static Handover deferred(String reason) {
        return new Handover.Deferred(OptionalInt.empty(), reason);
    }

    private static ScheduledExecutorService timer() {
        var timer =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("smtp-timer").factory());
        // Each write to a relay sets an alarm and takes it back: kept until due, they would pile
        // up.
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    private static Properties properties(SmtpUrl url, ScheduledExecutorService timer) {
        Properties properties = new Properties();
        SmtpUrl.Timeouts timeouts = url.timeouts();
        // The library's own time-outs are infinite.
        properties.put(
                "mail.smtp.connectiontimeout", String.valueOf(timeouts.connect().toMillis()));
        properties.put("mail.smtp.timeout", String.valueOf(timeouts.read().toMillis()));
        properties.put("mail.smtp.writetimeout", String.valueOf(timeouts.write().toMillis()));
        properties.put("mail.smtp.executor.writetimeout", timer);
        properties.put("mail.smtp.socketFactory", new PromptSockets());
        properties.put("mail.smtp.socketFactory.fallback", "false");
        properties.put("mail.smtp.starttls.enable", String.valueOf(usesStartTls(url)));
        properties.put(
                "mail.smtp.starttls.required",
                String.valueOf(url.tls() == SmtpUrl.Tls.STARTTLS_REQUIRED));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.auth", String.valueOf(url.login() != null));
        properties.put("mail.smtp.quitwait", "false");
        properties.put("mail.smtp.localhost", url.helo() == null ? ownName() : url.helo());
        return properties;
    }

    private static boolean usesStartTls(SmtpUrl url) {
        return switch (url.tls()) {
            case STARTTLS_REQUIRED, STARTTLS_OPTIONAL -> true;
            case IMPLICIT, NONE -> false;
        };
    }

    /**
     * The machine's name if it is a full one; else an address literal, as RFC 5321, 4.1.4 wants it.
     */
    private static String ownName() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return name.matches("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+") ? name : "[127.0.0.1]";
        } catch (UnknownHostException e) {
            return "[127.0.0.1]";
        }
    }
}
