package io.regulars.engagement.mail;

import com.codahale.metrics.MetricRegistry;
import io.regulars.engagement.mail.Composer.Draft;
import io.regulars.engagement.mail.Composer.Letter;
import io.regulars.engagement.mail.DepartureCheck.Verdict;
import io.regulars.engagement.mail.OutgoingDao.Change;
import io.regulars.loyalty.members.Member;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.smtp.Handover;
import io.regulars.platform.smtp.Relay;
import io.regulars.platform.time.Clock;
import io.regulars.platform.work.LaneWork;
import io.regulars.tenancy.tenants.Tenant;
import io.regulars.tenancy.tenants.TenantDirectory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands due messages over to the relay. Each group goes through three steps: one transaction that
 * checks again, writes the mails and marks them as sending, the hand-over outside any transaction,
 * one that records what became of it. While one group is handed over the next is being written. A
 * crash in between leaves at most two groups ({@link GroupSize}) as sending; when their lease is
 * over, advertising becomes unknown and the rest is tried again.
 */
public final class SendMessages implements LaneWork {

    private static final Logger LOG = LoggerFactory.getLogger(SendMessages.class);

    private static final int GROUPS_PER_SLICE = 8;
    private static final Duration BOOKED_AGAIN = Duration.ofMillis(250);
    private static final int RECOVERED_AT_ONCE = 200;

    /** What never got as far as the relay. */
    private static final Handover UNWRITTEN =
            new Handover.Refused(0, "the mail cannot be written", Handover.Stage.SENDER);

    /** How often it is looked whether a held relay was released. */
    private static final Duration LOOKING_AGAIN = Duration.ofSeconds(2);

    private final TenantDb tenants;
    private final TenantDirectory directory;
    private final Clock clock;
    private final Composer composer;
    private final Sender sender;
    private final MetricRegistry metrics;
    private final Limits limits;
    private final GroupSize live = new GroupSize();
    private final GroupSize test = new GroupSize();

    SendMessages(
            TenantDb tenants,
            TenantDirectory directory,
            Clock clock,
            Composer composer,
            Sender sender,
            MetricRegistry metrics,
            Limits limits) {
        this.tenants = tenants;
        this.directory = directory;
        this.clock = clock;
        this.composer = composer;
        this.sender = sender;
        this.metrics = metrics;
        this.limits = limits;
    }

    /**
     * What one look at the queue brought.
     *
     * @param any whether there was anything
     * @param leaving what of it leaves
     * @param at when they leave
     */
    private record Taken(boolean any, List<Letter> leaving, Instant at) {}

    /**
     * How much a shop may send.
     *
     * @param plan in a month
     * @param firstSends on a day, while it is new
     */
    record Limits(MailLimit plan, FirstSends firstSends) {}

    /** A message and what the relay said of it. */
    private record Handed(MessageRow message, String address, Handover handover) {}

    @Override
    public String queue() {
        return Messages.QUEUE;
    }

    @Override
    public Optional<Instant> serve(TenantRef tenantRef) {
        if (!tenantRef.isTest() && sender.pace().refresh(clock.now())) {
            return Optional.of(clock.now().plus(LOOKING_AGAIN));
        }
        tenants.run(tenantRef, this::recover);
        // Counted once and not for each group: a busy shop's month has many mails.
        OptionalLong left = tenants.inTransaction(tenantRef, limits.plan()::left);
        AtomicLong sent = new AtomicLong();
        try (ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> before = CompletableFuture.completedFuture(true);
            for (int i = 0; i < GROUPS_PER_SLICE; i++) {
                Tenant tenant = directory.tenant(tenantRef.id()).orElseThrow();
                boolean usedUp = left.isPresent() && sent.get() >= left.getAsLong();
                Taken taken =
                        tenants.inTransaction(tenantRef, tx -> takeInHand(tx, tenant, usedUp));
                if (!taken.any()) {
                    break;
                }
                Future<?> now =
                        hands.submit(() -> {
                            List<Handed> handed = handOver(tenantRef, tenant, taken);
                            sent.addAndGet(book(tenantRef, handed));
                            if (!tenantRef.isTest()) {
                                settle(handed);
                            }
                        });
                SideBySide.awaited(before);
                before = now;
                if (tenant.sendingStopped()) {
                    releaseIfResumed(tenantRef);
                }
            }
            SideBySide.awaited(before);
        }
        return nextDue(tenantRef);
    }

    /**
     * Whoever resumes releases what is held by then. What was held here a moment later, by the word
     * of before, nobody else would release.
     */
    private void releaseIfResumed(TenantRef tenantRef) {
        directory.forget(tenantRef.id());
        if (!directory.tenant(tenantRef.id()).orElseThrow().sendingStopped()) {
            tenants.run(tenantRef, tx -> Messages.release(tx, null));
        }
    }

    /** What the relay said of each domain, and turns for what had to wait. */
    private void settle(List<Handed> handed) {
        Instant now = clock.now();
        handed.forEach(mail -> sender.pace().heard(mail.address(), mail.handover(), now));
        sender.pace().settle(now);
    }

    @Override
    public Optional<Instant> nextDue(TenantRef tenantRef) {
        return tenants.inTransaction(
                tenantRef,
                tx -> {
                    OutgoingDao dao = new OutgoingDao(tx);
                    // Leases run on the service's clock; on a live side that is the tenant's as
                    // well.
                    return Stream.of(
                                    dao.nextDue(),
                                    tenantRef.isTest()
                                            ? Optional.<Instant>empty()
                                            : dao.nextLeaseEnd())
                            .flatMap(Optional::stream)
                            .min(Comparator.naturalOrder());
                });
    }

    /** What a process that died had in hand. */
    private void recover(TenantTx tx) {
        OutgoingDao dao = new OutgoingDao(tx);
        List<MessageRow> lost = dao.lost(clock.now(), RECOVERED_AT_ONCE);
        Handover unknown =
                new Handover.Unknown("the process ended while the mail was being handed over");
        dao.change(
                lost.stream()
                        .map(message -> Fate.after(message, message.attempts(), unknown, tx.now()))
                        .toList());
        if (!lost.isEmpty()) {
            LOG.warn("{} messages were being handed over when a process ended", lost.size());
        }
    }

    private Taken takeInHand(TenantTx tx, Tenant tenant, boolean planUsedUp) {
        OutgoingDao dao = new OutgoingDao(tx);
        List<MessageRow> due = dao.due(size(tx.tenant()).now());
        if (due.isEmpty()) {
            return new Taken(false, List.of(), tx.now());
        }
        Group group = composer.group(tx, tenant, due, planUsedUp);
        FirstSends.Allowance allowance = limits.firstSends().allowance(tx, tenant);
        List<Draft> drafts = new ArrayList<>();
        List<Change> staying = new ArrayList<>();
        List<Offers.Unsent> unsent = new ArrayList<>();
        List<OutgoingDao.Postponed> tomorrow = new ArrayList<>();
        for (MessageRow message : due) {
            switch (verdict(tx, group, message)) {
                case Verdict.Go go when !allowance.hasRoomFor(message) -> {
                    if (FirstSends.canWait(message, tx.now())) {
                        tomorrow.add(FirstSends.postponed(tx, message));
                    } else {
                        staying.add(skipped(message, SkipReason.FIRST_SENDS));
                        unsent.add(Offers.Unsent.of(message));
                    }
                }
                case Verdict.Go go -> {
                    Instant turn = turn(tx, message, go);
                    if (turn.isAfter(tx.now())) {
                        staying.add(waiting(message, "rate_limited", turn));
                    } else {
                        written(message, () -> composer.draft(tx, tenant, message, go, group))
                                .ifPresentOrElse(
                                        drafts::add, () -> staying.add(unwritable(message)));
                        group.leaves(message, go.address());
                        allowance.leaves();
                    }
                }
                case Verdict.Later later ->
                        staying.add(waiting(message, SkipReason.QUIET_HOURS.key(), later.from()));
                case Verdict.Hold hold -> staying.add(held(message));
                case Verdict.Skip skip -> {
                    staying.add(skipped(message, skip.reason()));
                    unsent.add(Offers.Unsent.of(message));
                }
            }
        }
        List<Letter> leaving = letters(drafts, staying);
        Offers.takeBack(tx, unsent);
        dao.change(staying);
        dao.postpone(tomorrow);
        dao.depart(
                leaving.stream().map(Letter::departure).toList(), clock.now().plus(sender.lease()));
        return new Taken(true, leaving, tx.now());
    }

    /** Puts the drafts into their templates; those that fail stay. */
    private List<Letter> letters(List<Draft> drafts, List<Change> staying) {
        List<Optional<Letter>> written =
                SideBySide.map(
                        drafts, draft -> written(draft.message(), () -> composer.letter(draft)));
        List<Letter> letters = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            MessageRow message = drafts.get(i).message();
            written.get(i).ifPresentOrElse(letters::add, () -> staying.add(unwritable(message)));
        }
        return letters;
    }

    private static Verdict verdict(TenantTx tx, Group group, MessageRow message) {
        Member member = group.member(message);
        return DepartureCheck.of(
                message,
                member,
                group.circumstances(message, member, tx.now()),
                known -> new DepartureCheck.Law(group.rules(known), group.zone(known)));
    }

    /** When it is this mail's turn at the relay, the shop and the domain. */
    private Instant turn(TenantTx tx, MessageRow message, Verdict.Go go) {
        return tx.tenant().isTest()
                ? tx.now()
                : sender.pace().from(tx.tenant().id(), go.address(), message.isUrgent(), tx.now());
    }

    private static Change waiting(MessageRow message, String reason, Instant from) {
        return new Change(message.id(), message.state(), reason, from, null);
    }

    /** It wakes again when it is too late for it, unless it is released before. */
    private static Change held(MessageRow message) {
        return new Change(
                message.id(),
                message.state(),
                message.reason(),
                message.notAfter().plusMillis(1),
                null);
    }

    private static Change skipped(MessageRow message, SkipReason reason) {
        // Until then it had waited for something; reports and people ask for when it was meant to
        // go.
        return new Change(message.id(), "skipped", reason.key(), message.plannedAt(), null);
    }

    private static Change unwritable(MessageRow message) {
        return new Change(
                message.id(), "failed", "the mail cannot be written", message.dueAt(), null);
    }

    /** One mail that cannot be written must not hold up the others. */
    private static <T> Optional<T> written(MessageRow message, Supplier<T> writing) {
        try {
            return Optional.of(writing.get());
        } catch (RuntimeException e) {
            // Where the database was at fault, nothing of the group is kept.
            LOG.error("message {} cannot be written", message.id(), e);
            return Optional.empty();
        }
    }

    private List<Handed> handOver(TenantRef side, Tenant tenant, Taken taken) {
        Relay relay = sender.relay(side.isTest());
        long from = System.nanoTime();
        List<Handed> handed =
                SideBySide.map(
                        taken.leaving(),
                        letter -> {
                            Handover handover =
                                    written(
                                                    letter.message(),
                                                    () ->
                                                            composer.outgoing(
                                                                    side,
                                                                    tenant,
                                                                    letter,
                                                                    taken.at()))
                                            .map(relay::deliver)
                                            .orElse(UNWRITTEN);
                            count(handover);
                            return new Handed(
                                    letter.message(), letter.departure().recipient(), handover);
                        });
        size(side).learn(handed.size(), System.nanoTime() - from);
        return handed;
    }

    /** What the inbox of the test sides takes in a moment says nothing of the relay. */
    private GroupSize size(TenantRef side) {
        return side.isTest() ? test : live;
    }

    private void count(Handover handover) {
        metrics.counter("mail." + handover.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                .inc();
    }

    /**
     * Records what the relay said, and tries again as long as the lease lasts: if it were lost with
     * a database that is away for a moment, mail that arrived would be in doubt.
     *
     * @return how many were sent
     */
    private long book(TenantRef side, List<Handed> handed) {
        long until = System.nanoTime() + sender.lease().toNanos();
        while (true) {
            try {
                return tenants.inTransaction(side, tx -> record(tx, handed));
            } catch (Problem e) {
                if (e.type() != ProblemType.UNAVAILABLE || System.nanoTime() > until) {
                    throw e;
                }
                LockSupport.parkNanos(BOOKED_AGAIN.toNanos());
            }
        }
    }

    /** Answers how many were sent. */
    private static long record(TenantTx tx, List<Handed> handed) {
        OutgoingDao dao = new OutgoingDao(tx);
        List<Change> changes =
                handed.stream()
                        .map(h ->
                                Fate.after(
                                        h.message(),
                                        h.message().attempts() + 1,
                                        h.handover(),
                                        tx.now()))
                        .toList();
        dao.change(changes);
        ErrorCeiling.check(tx, handed.stream().map(Handed::message).toList(), changes);
        for (Handed mail : handed) {
            if (mail.handover() instanceof Handover.Refused refused && refused.isForTheAddress()) {
                Returned.note(
                        tx,
                        mail.message().id().uuid(),
                        Returned.Kind.HARD,
                        refused.code() + " " + refused.reply());
            }
        }
        return changes.stream().filter(change -> change.state().equals("sent")).count();
    }
}
