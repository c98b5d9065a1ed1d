package io.regulars.engagement.campaigns;

import io.regulars.engagement.campaigns.Lift.Group;
import io.regulars.loyalty.ledger.CountedPurchases;
import io.regulars.platform.db.TenantTx;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Figures of one campaign. */
final class ReportDao {

    private final TenantTx tx;
    private final UUID campaign;

    ReportDao(TenantTx tx, CampaignId campaign) {
        this.tx = tx;
        this.campaign = campaign.uuid();
    }

    /** How many members its rounds found due. */
    long audience() {
        return tx.query(
                        """
                        select coalesce(sum(audience), 0) from <t>.campaign_run where campaign_id = :campaign
                        """)
                .bind("campaign", campaign)
                .mapTo(Long.class)
                .one();
    }

    /** Who has no message, because they never said yes: that is counted only. */
    long withoutConsent() {
        return tx.query(
                        """
                        select coalesce(sum((skipped->>'no_consent')::bigint), 0) from <t>.campaign_run
                         where campaign_id = :campaign
                        """)
                .bind("campaign", campaign)
                .mapTo(Long.class)
                .one();
    }

    /** Messages by state. */
    Map<String, Long> states() {
        return counts(
                """
                select state as what, count(*) as n from <t>.message
                 where campaign_id = :campaign group by state
                """);
    }

    /** Messages that were skipped, by reason. */
    Map<String, Long> skipped() {
        return counts(
                """
                select reason as what, count(*) as n from <t>.message
                 where campaign_id = :campaign and state = 'skipped' group by reason
                """);
    }

    private Map<String, Long> counts(String sql) {
        Map<String, Long> counts = new TreeMap<>();
        tx.query(sql)
                .bind("campaign", campaign)
                .map((row, context) -> Map.entry(row.getString("what"), row.getLong("n")))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    /**
     * What came back of its mails: {@code bounced} at the hand-over or later, {@code complained},
     * {@code clicked}.
     */
    Map<String, Long> answers() {
        return tx.query(
                        """
                        select count(*) filter (where state = 'failed' and reason like '5%'
                                                   or bounce in ('hard', 'soft')) as bounced,
                               count(*) filter (where bounce = 'complaint') as complained,
                               count(clicked_at) as clicked
                          from <t>.message where campaign_id = :campaign
                        """)
                .bind("campaign", campaign)
                .map((row, context) ->
                        Map.of(
                                "bounced", row.getLong("bounced"),
                                "complained", row.getLong("complained"),
                                "clicked", row.getLong("clicked")))
                .one();
    }

    /**
     * What became of its vouchers: {@code issued}, {@code used}, and the {@code discount} given.
     */
    Map<String, Long> vouchers() {
        return tx.query(
                        """
                        select count(*) as issued, count(*) filter (where v.used_at is not null) as used,
                               coalesce(sum(v.discount) filter (where v.used_at is not null), 0) as discount
                          from <t>.message m
                          join <t>.voucher v on v.id = m.voucher_id
                         where m.campaign_id = :campaign and m.state <> 'skipped'
                        """)
                .bind("campaign", campaign)
                .map((row, context) ->
                        Map.of(
                                "issued", row.getLong("issued"),
                                "used", row.getLong("used"),
                                "discount", row.getLong("discount")))
                .one();
    }

    /** Points that were given with its mails. */
    long points() {
        return tx.query(
                        """
                        select coalesce(sum(points), 0) from <t>.message
                         where campaign_id = :campaign and state <> 'skipped'
                        """)
                .bind("campaign", campaign)
                .mapTo(Long.class)
                .one();
    }

    /** What those who got it spent within the window after it, each purchase once. */
    long revenue(int days) {
        return tx.query(
                        """
                        select coalesce(sum(p.amount - p.refunded), 0) from <t>.purchase p
                         where exists (select from <t>.message m
                                        where m.campaign_id = :campaign and m.state = 'sent'
                                          and m.member_id = p.member_id and p.purchased_at >= m.sent_at
                                          and p.purchased_at < m.sent_at + make_interval(days => :days))
                        """)
                .bind("campaign", campaign)
                .bind("days", days)
                .mapTo(Long.class)
                .one();
    }

    /**
     * Those whose window is over, and how many of them bought in it. Each member counts once, with
     * the first mail that they got or were held out from: who is held out is so for good.
     */
    Lift lift(int days) {
        Map<Boolean, Group> groups = new TreeMap<>();
        tx.query(
                        """
                        select f.held, count(*) as members,
                               count(*) filter (where exists (
                                 select from <t>.purchase p
                                  where p.member_id = f.member_id and p.purchased_at >= f.planned_at
                                    and p.purchased_at < f.planned_at + make_interval(days => :days) and
                        """
                                + CountedPurchases.SQL
                                + """
                                )) as bought
                                  from (select distinct on (member_id) member_id, planned_at,
                                               state = 'skipped' as held
                                          from <t>.message
                                         where campaign_id = :campaign
                                           and (state <> 'skipped' or reason = 'holdout')
                                         order by member_id, id) f
                                 where f.planned_at <= :over group by f.held
                                """)
                .bind("campaign", campaign)
                .bind("days", days)
                .bind("over", tx.now().minus(Duration.ofDays(days)))
                .map((row, context) ->
                        Map.entry(
                                row.getBoolean("held"),
                                new Group(row.getLong("members"), row.getLong("bought"))))
                .forEach(entry -> groups.put(entry.getKey(), entry.getValue()));
        Group nobody = new Group(0, 0);
        return new Lift(groups.getOrDefault(false, nobody), groups.getOrDefault(true, nobody));
    }
}
