package io.regulars.engagement.mail;

import io.regulars.platform.db.TenantTx;
import io.regulars.platform.ids.TenantId;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * How many mails a month a shop's plan has. The test side is free.
 *
 * @param of the limit; empty for none, or where what is beyond it is paid for
 */
public record MailLimit(Function<TenantId, OptionalLong> of) {

    /** Nobody has a limit. */
    public static final MailLimit NONE = new MailLimit(tenant -> OptionalLong.empty());

    /** How many mails are left in this month; empty where nobody counts. */
    OptionalLong left(TenantTx tx) {
        OptionalLong most =
                tx.tenant().isTest() ? OptionalLong.empty() : of.apply(tx.tenant().id());
        if (most.isEmpty()) {
            return most;
        }
        YearMonth month = YearMonth.from(tx.now().atOffset(ZoneOffset.UTC));
        Instant from = month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        return OptionalLong.of(most.getAsLong() - sent(tx, from, tx.now().plusSeconds(1)));
    }

    /** Mails handed over from the first moment on, before the second. */
    public static long sent(TenantTx tx, Instant from, Instant before) {
        return tx.query(
                        """
                        select count(*) from <t>.message
                         where state = 'sent' and updated_at >= :from and sent_at >= :from and sent_at < :before
                        """)
                .bind("from", from)
                .bind("before", before)
                .mapTo(long.class)
                .one();
    }
}
