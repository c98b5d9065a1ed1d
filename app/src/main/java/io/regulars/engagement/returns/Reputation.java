package io.regulars.engagement.returns;

import io.regulars.platform.db.TenantTx;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether a shop's mail comes back too often. Mailbox providers judge the house by all its mail, so
 * one shop with a bought list would spoil it for everybody. Pure, but for the counting.
 *
 * @param sent within the window
 * @param hard of them came back for good
 * @param complaints of them were called spam
 */
record Reputation(long sent, long hard, long complaints) {

    private static final Duration WINDOW = Duration.ofDays(7);

    /** Below them a share says nothing. */
    private static final int FEWEST_FOR_BOUNCES = 100;

    private static final int FEWEST_FOR_COMPLAINTS = 1_000;
    private static final int FEWEST_COMPLAINTS = 2;

    /** One in twenty. */
    private static final int BOUNCES_ONE_IN = 20;

    /** One in a thousand. */
    private static final int COMPLAINTS_ONE_IN = 1_000;

    /** What has gone since the window began, or since the shop was paused last. */
    static Reputation of(TenantTx tx, Instant pausedAt) {
        Instant begin = tx.now().minus(WINDOW);
        return tx.query(
                        """
                        select count(*) as mails,
                               count(*) filter (where bounce = 'hard') as hard,
                               count(*) filter (where bounce = 'complaint') as complaints
                          from <t>.message
                         where updated_at > :since and planned_at > :since
                           and (sent_at > :since or bounced_at > :since)
                        """)
                .bind("since", pausedAt.isAfter(begin) ? pausedAt : begin)
                .map((row, context) ->
                        new Reputation(
                                row.getLong("mails"),
                                row.getLong("hard"),
                                row.getLong("complaints")))
                .one();
    }

    boolean isTooBad() {
        return (sent >= FEWEST_FOR_BOUNCES && hard * BOUNCES_ONE_IN > sent)
                || (sent >= FEWEST_FOR_COMPLAINTS
                        && complaints >= FEWEST_COMPLAINTS
                        && complaints * COMPLAINTS_ONE_IN > sent);
    }
}
