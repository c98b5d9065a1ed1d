package io.regulars.engagement.mail;

import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What mails must know of their campaigns, and when failing mails hold one. */
final class MailedCampaignDao {

    private final TenantTx tx;

    MailedCampaignDao(TenantTx tx) {
        this.tx = tx;
    }

    /** What became of a campaign's mails that were handed over since then, by state. */
    Map<String, Long> outcomes(UUID campaign, Instant since) {
        return tx.query(
                        """
                        select state, count(*) as n from <t>.message
                         where campaign_id = :campaign and state in ('sent', 'failed', 'unknown')
                           and updated_at > :since
                         group by state
                        """)
                .bind("campaign", campaign)
                .bind("since", since)
                .map((row, context) -> Map.entry(row.getString("state"), row.getLong("n")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Waits for others who count the failures of these campaigns, so that each counts them all. */
    void lock(List<UUID> campaigns) {
        tx.query("select id from <t>.campaign where id = any(:ids) order by id for update")
                .bindArray("ids", UUID.class, campaigns)
                .mapTo(UUID.class)
                .list();
    }

    /** Holds a campaign; false when it did not run. */
    boolean pause(UUID campaign) {
        return tx.update(
                                """
                                update <t>.campaign set state = 'paused', version = version + 1, updated_at = :now
                                 where id = :campaign and state = 'active'
                                """)
                        .bind("campaign", campaign)
                        .bind("now", tx.now())
                        .execute()
                == 1;
    }

    /**
     * Of these campaigns those that are held; of one that is over a failed mail may be tried again.
     */
    Set<UUID> notActive(Collection<UUID> campaigns) {
        // Locked, so that who resumes one waits, and then sees what was held because of it.
        return tx.query(
                        """
                        select id from <t>.campaign
                         where id = any(:ids) and state not in ('active', 'completed') for share
                        """)
                .bindArray("ids", UUID.class, List.copyOf(campaigns))
                .mapTo(UUID.class)
                .collect(Collectors.toUnmodifiableSet());
    }
}
