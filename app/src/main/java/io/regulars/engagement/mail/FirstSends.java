package io.regulars.engagement.mail;

import io.regulars.engagement.senderdomain.SenderDomains;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.time.LocalTimes;
import io.regulars.tenancy.tenants.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How much a shop sends a day while nobody knows it yet. All shops share the house's domain, and
 * one that signed up this morning to write to a bought list would spoil it for everybody. What
 * arrived without complaint on the days before lets more go; a shop with a domain of its own has
 * only its own name to lose.
 *
 * @param perDay advertising on the first day; 0 for no limit
 * @param trust told once a shop has shown that it may send as much as it likes
 */
public record FirstSends(long perDay, Consumer<TenantId> trust) {

    /** Enough for a small shop's whole list. */
    public static final long USUAL_PER_DAY = 200;

    /** A mail that arrived on an earlier day is worth so many more today. */
    private static final long GROWTH = 2;

    /** One that came back takes away so many that arrived. */
    private static final long BOUNCE_COSTS = 20;

    private static final long COMPLAINT_COSTS = 1_000;

    private static final Duration PATIENCE = Duration.ofDays(7);

    /** So many first days' worth of good mail, and the shop is known. */
    private static final long KNOWN_AFTER = 50;

    /** A shop from an address for ten minutes begins with a tenth. */
    private static final long DISPOSABLE_BEGINS_WITH = 10;

    /** What members must know may be as much again as the advertising. */
    private static final long SERVICE_HEADROOM = 2;

    /** Of the advertising, what only mail that cannot wait may have: a quarter. */
    private static final long KEPT_SHARE = 4;

    /**
     * What a shop has sent so far.
     *
     * @param today handed over, on its way or tried out since local midnight
     * @param clean of the days before, what nothing came back of
     */
    record Conduct(long today, long clean, long hard, long complaints) {

        /** Good mail, less what came back weighs. */
        long credit() {
            return Math.max(0, clean - hard * BOUNCE_COSTS - complaints * COMPLAINT_COSTS);
        }
    }

    /** What is left of today; counts along. */
    static final class Allowance {

        private static final Allowance ENDLESS = new Allowance(Long.MAX_VALUE, 0);

        private final long advertising;
        private long gone;

        Allowance(long advertising, long gone) {
            this.advertising = advertising;
            this.gone = gone;
        }

        boolean hasRoomFor(MessageRow message) {
            return this == ENDLESS || gone < limit(message);
        }

        private long limit(MessageRow message) {
            if (!message.isAdvertising()) {
                return advertising * SERVICE_HEADROOM;
            }
            return isOfItsDay(message) ? advertising : advertising - advertising / KEPT_SHARE;
        }

        void leaves() {
            gone++;
        }
    }

    /** What a shop of this conduct may send on a day. */
    static long cap(long firstDay, Conduct conduct) {
        return firstDay + GROWTH * conduct.credit();
    }

    /** What the shop may still send today. */
    Allowance allowance(TenantTx tx, Tenant tenant) {
        if (!concerns(tx, tenant)) {
            return Allowance.ENDLESS;
        }
        Conduct conduct = conduct(tx);
        if (isKnown(conduct)) {
            tx.afterCommit(() -> trust.accept(tenant.id()));
            return Allowance.ENDLESS;
        }
        return new Allowance(cap(firstDay(tenant), conduct), conduct.today());
    }

    /**
     * A mail that is tried out counts like any other, or whoever wants to write to a bought list
     * would only have to try it out on each address.
     *
     * @throws Problem 429 where there is no room left today
     */
    void trial(TenantTx tx, Tenant tenant) {
        if (!concerns(tx, tenant)) {
            return;
        }
        TrialsToday.add(tx);
        Conduct conduct = conduct(tx);
        long cap = cap(firstDay(tenant), conduct);
        if (!isKnown(conduct) && conduct.today() > cap) {
            throw Problem.of(
                            ProblemType.TOO_MANY_REQUESTS,
                            "A new shop sends at most "
                                    + cap
                                    + " mails today, those that it tries out included.")
                    .retryAfter(Duration.between(tx.now(), tomorrow(tx)));
        }
    }

    /** What a new shop reads about its limit; empty for one that has none. */
    Optional<String> words(TenantTx tx, Tenant tenant) {
        if (!concerns(tx, tenant)) {
            return Optional.empty();
        }
        long cap = cap(firstDay(tenant), conduct(tx));
        return Optional.of(
                "A new shop sends at most "
                        + cap
                        + " advertising mails today, and more each day when they arrive without"
                        + " complaint. A quarter is kept for birthdays and anniversaries, which"
                        + " cannot wait; other mail that finds no room waits for the next day"
                        + " (reason first_sends). A sender domain of your own ends the limit.");
    }

    /**
     * Whether a message that finds no room may leave on another day. Nobody is congratulated late,
     * and news of last week is no news.
     */
    static boolean canWait(MessageRow message, Instant now) {
        return !isOfItsDay(message) && !message.plannedAt().plus(PATIENCE).isBefore(now);
    }

    private static boolean isOfItsDay(MessageRow message) {
        return Topic.of(message.kind()) == Topic.OCCASIONS;
    }

    /** The same hour on the first day that it may go, and as long to do so. */
    static OutgoingDao.Postponed postponed(TenantTx tx, MessageRow message) {
        Instant due = message.dueAt();
        Duration by = Duration.ZERO;
        while (due.plus(by).isBefore(tomorrow(tx))) {
            by = by.plusDays(1);
        }
        return new OutgoingDao.Postponed(
                message.id(),
                SkipReason.FIRST_SENDS.key(),
                due.plus(by),
                message.notAfter().plus(by));
    }

    /** The shop's next day. */
    private static Instant tomorrow(TenantTx tx) {
        LocalDate today = LocalTimes.day(tx.now(), tx.tenant().zone());
        return LocalTimes.at(today.plusDays(1), LocalTime.MIDNIGHT, tx.tenant().zone());
    }

    private boolean concerns(TenantTx tx, Tenant tenant) {
        return perDay > 0
                && !tx.tenant().isTest()
                && !tenant.standing().trusted()
                && SenderDomains.verifiedAddress(tx).isEmpty();
    }

    private boolean isKnown(Conduct conduct) {
        return conduct.credit() >= perDay * KNOWN_AFTER;
    }

    private long firstDay(Tenant tenant) {
        return tenant.standing().disposableSignup()
                ? Math.max(1, perDay / DISPOSABLE_BEGINS_WITH)
                : perDay;
    }

    private static Conduct conduct(TenantTx tx) {
        Instant midnight =
                LocalTimes.at(
                        LocalTimes.day(tx.now(), tx.tenant().zone()),
                        LocalTime.MIDNIGHT,
                        tx.tenant().zone());
        return tx.query(
                        """
                        select count(*) filter (where state = 'sending' or sent_at >= :midnight) as today,
                               count(*) filter (where sent_at < :midnight and bounce is null) as clean,
                               count(*) filter (where bounce = 'hard') as hard,
                               count(*) filter (where bounce = 'complaint') as complaints
                          from <t>.message
                         where state = 'sending' or sent_at is not null or bounce is not null
                        """)
                .bind("midnight", midnight)
                .map((row, context) ->
                        new Conduct(
                                row.getLong("today") + TrialsToday.count(tx),
                                row.getLong("clean"),
                                row.getLong("hard"),
                                row.getLong("complaints")))
                .one();
    }
}
