package io.regulars.tenancy.accountmail;

import io.regulars.platform.ids.TypeIds;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Rows of {@code control.account_mail}. */
public final class AccountMailDao {

    static final int MOST_IN_AN_HOUR = 5;
    private static final Duration HOUR = Duration.ofHours(1);

    private final Handle handle;

    public AccountMailDao(Handle control) {
        this.handle = control;
    }

    record Claimed(
            UUID id,
            String template,
            String recipient,
            @Nullable String subject,
            int attempts,
            Instant createdAt) {}

    /**
     * Plans a mail that somebody asked for by naming the address, who need not be its owner: a few
     * an hour of each kind are enough for a person, and more would be a flood that others start.
     *
     * @param kind what such mails' subjects begin with; empty for all of the template
     * @return whether it was planned; the caller says nothing about it
     */
    public boolean planAskedFor(
            String template, String recipient, @Nullable String subject, String kind, Instant now) {
        boolean some =
                handle.createQuery(
                                        """
                                        select count(*) from control.account_mail
                                         where recipient = :recipient and created_at > :since and template = :template
                                           and starts_with(coalesce(subject, ''), :kind)
                                        """)
                                .bind("recipient", recipient)
                                .bind("since", now.minus(HOUR))
                                .bind("template", template)
                                .bind("kind", kind)
                                .mapTo(int.class)
                                .one()
                        < MOST_IN_AN_HOUR;
        if (some) {
            plan(template, recipient, subject, now);
        }
        return some;
    }

    /** Plans a mail; wake the {@link AccountMailer} after the commit. */
    public void plan(String template, String recipient, @Nullable String subject, Instant now) {
        handle.createUpdate(
                        """
                        insert into control.account_mail
                               (id, template, recipient, subject, state, due_at, created_at)
                        values (:id, :template, :recipient, :subject, 'planned', :now, :now)
                        """)
                .bind("id", TypeIds.next())
                .bind("template", template)
                .bind("recipient", recipient)
                .bind("subject", subject)
                .bind("now", now)
                .execute();
    }

    /** Takes a mail that is due, or that another node had taken and did not bring to an end. */
    Optional<Claimed> claim(Instant now, Instant leaseUntil) {
        return handle.createQuery(
                        """
                        update control.account_mail m
                           set state = 'sending', lease_until = :lease, attempts = m.attempts + 1
                         where m.id = (select id from control.account_mail
                                         where due_at <= :now
                                           and (state in ('planned', 'retry')
                                                or state = 'sending' and lease_until <= :now)
                                         order by due_at
                                         limit 1
                                           for update skip locked)
                        returning m.id, m.template, m.recipient, m.subject, m.attempts, m.created_at
                        """)
                .bind("now", now)
                .bind("lease", leaseUntil)
                .map((row, ctx) ->
                        new Claimed(
                                row.getObject("id", UUID.class),
                                row.getString("template"),
                                row.getString("recipient"),
                                row.getString("subject"),
                                row.getInt("attempts"),
                                row.getTimestamp("created_at").toInstant()))
                .findOne();
    }

    void sent(UUID id, Instant now) {
        handle.createUpdate(
                        """
                        update control.account_mail
                           set state = 'sent', sent_at = :now, lease_until = null, last_error = null
                         where id = :id
                        """)
                .bind("id", id)
                .bind("now", now)
                .execute();
    }

    void end(UUID id, String state, String reason) {
        handle.createUpdate(
                        """
                        update control.account_mail
                           set state = :state, lease_until = null, last_error = :reason
                         where id = :id
                        """)
                .bind("id", id)
                .bind("state", state)
                .bind("reason", reason)
                .execute();
    }

    void retry(UUID id, Instant at, String reason) {
        handle.createUpdate(
                        """
                        update control.account_mail
                           set state = 'retry', due_at = :at, lease_until = null, last_error = :reason
                         where id = :id
                        """)
                .bind("id", id)
                .bind("at", at)
                .bind("reason", reason)
                .execute();
    }

    /** Forgets mails that are long over; answers how many. */
    public int forget(Instant createdBefore) {
        return handle.createUpdate(
                        """
                        delete from control.account_mail
                         where created_at < :before and state in ('sent', 'failed', 'dropped')
                        """)
                .bind("before", createdBefore)
                .execute();
    }
}
