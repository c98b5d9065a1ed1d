package io.regulars.engagement.campaigns;

import com.fasterxml.jackson.core.type.TypeReference;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.ids.TypeIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

final class RunDao {

    private static final TypeReference<Map<String, Integer>> SKIPPED = new TypeReference<>() {};

    private static final List<String> KINDS =
            Arrays.stream(Campaign.Kind.values()).map(CampaignDao::key).toList();

    private static final String COLUMNS =
            """
            id, campaign_id, local_day, time_zone, state, due_at, not_after, fence, cursor, audience, planned,
            skipped::text, started_at, finished_at
            """;

    private static final String DONE = "done";

    private final TenantTx tx;

    RunDao(TenantTx tx) {
        this.tx = tx;
    }

    /**
     * A run and how far it got.
     *
     * @param skipped how many were passed over, by reason
     */
    record Run(
            RunId id,
            CampaignId campaignId,
            LocalDate localDay,
            ZoneId zone,
            String state,
            Instant dueAt,
            Instant notAfter,
            UUID fence,
            @Nullable UUID cursor,
            int audience,
            int planned,
            Map<String, Integer> skipped,
            Instant startedAt,
            @Nullable Instant finishedAt) {

        /** With so many more who were due, and what became of them. */
        Run with(PlanMessages.Tally tally) {
            Map<String, Integer> all = new TreeMap<>(skipped);
            tally.skipped().forEach((reason, count) -> all.merge(reason, count, Integer::sum));
            return new Run(
                    id,
                    campaignId,
                    localDay,
                    zone,
                    state,
                    dueAt,
                    notAfter,
                    fence,
                    cursor,
                    audience + tally.due(),
                    planned + tally.planned(),
                    all,
                    startedAt,
                    finishedAt);
        }

        Run at(@Nullable UUID reached) {
            return new Run(
                    id,
                    campaignId,
                    localDay,
                    zone,
                    state,
                    dueAt,
                    notAfter,
                    fence,
                    reached,
                    audience,
                    planned,
                    skipped,
                    startedAt,
                    finishedAt);
        }

        Run finished(Instant now) {
            return new Run(
                    id,
                    campaignId,
                    localDay,
                    zone,
                    DONE,
                    dueAt,
                    notAfter,
                    fence,
                    cursor,
                    audience,
                    planned,
                    skipped,
                    startedAt,
                    now);
        }
    }

    /**
     * Begins a run, unless there is one for this day and zone. The audience is frozen by the fence.
     */
    void begin(CampaignId campaign, DailySlots.Slot slot) {
        insert(campaign, slot, "running");
    }

    /**
     * The count of what an answering campaign does on a day: a run that is never open. One worker
     * at a time serves a shop, so nobody waits for this row.
     */
    Run ofDay(CampaignId campaign, DailySlots.Slot slot) {
        insert(campaign, slot, DONE);
        return tx.query(
                        "select "
                                + COLUMNS
                                + """
                                  from <t>.campaign_run
                                 where campaign_id = :campaign and local_day = :day and time_zone = :zone
                                   for update
                                """)
                .bind("campaign", campaign.uuid())
                .bind("day", slot.day())
                .bind("zone", slot.zone().getId())
                .map((row, context) -> run(row))
                .one();
    }

    private void insert(CampaignId campaign, DailySlots.Slot slot, String state) {
        tx.update(
                        """
                        insert into <t>.campaign_run (id, campaign_id, local_day, time_zone, state, due_at, not_after,
                               fence, cursor, audience, planned, skipped, started_at)
                        values (:id, :campaign, :day, :zone, :state, :dueAt, :notAfter,
                               :fence, null, 0, 0, '{}', :now)
                        on conflict (campaign_id, local_day, time_zone) do nothing
                        """)
                .bind("id", RunId.next().uuid())
                .bind("campaign", campaign.uuid())
                .bind("day", slot.day())
                .bind("zone", slot.zone().getId())
                .bind("state", state)
                .bind("dueAt", slot.dueAt())
                .bind("notAfter", slot.notAfter())
                .bind("fence", TypeIds.next())
                .bind("now", tx.now())
                .execute();
    }

    /**
     * The earliest run of an active campaign that is not finished, locked; another node's is passed
     * over. Of those due at once the kind that comes first is first, and then the older campaign:
     * where two claim an occurrence or a day, it has it.
     */
    Optional<Run> nextOpen() {
        return tx.query(
                        "select "
                                + COLUMNS
                                + """
                                  from <t>.campaign_run r
                                 where state = 'running'
                                   and campaign_id in (select id from <t>.campaign where state = 'active')
                                 order by due_at,
                                       (select array_position(:kinds, kind)
                                          from <t>.campaign where id = r.campaign_id),
                                       campaign_id, id
                                 limit 1 for update skip locked
                                """)
                .bindArray("kinds", String.class, KINDS)
                .map((row, context) -> run(row))
                .findOne();
    }

    boolean isAnyOpen(CampaignId campaign) {
        return tx.query(
                        """
                        select exists (select from <t>.campaign_run
                                        where campaign_id = :campaign and state = 'running')
                        """)
                .bind("campaign", campaign.uuid())
                .mapTo(boolean.class)
                .one();
    }

    void advance(Run run) {
        tx.update(
                        """
                        update <t>.campaign_run set state = :state, cursor = :cursor, audience = :audience,
                               planned = :planned, skipped = :skipped::jsonb, finished_at = :finishedAt
                         where id = :id
                        """)
                .bind("id", run.id().uuid())
                .bind("state", run.state())
                .bind("cursor", run.cursor())
                .bind("audience", run.audience())
                .bind("planned", run.planned())
                .bind("skipped", Json.write(run.skipped()))
                .bind("finishedAt", run.finishedAt())
                .execute();
    }

    void cancelOpen(CampaignId campaign) {
        tx.update(
                        """
                        update <t>.campaign_run set state = 'cancelled', finished_at = :now
                         where campaign_id = :campaign and state = 'running'
                        """)
                .bind("campaign", campaign.uuid())
                .bind("now", tx.now())
                .execute();
    }

    List<Run> page(CampaignId campaign, @Nullable UUID before, int limit) {
        return tx.query(
                        "select "
                                + COLUMNS
                                + """
                                  from <t>.campaign_run
                                 where campaign_id = :campaign and id < coalesce(:before::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
                                 order by id desc limit :limit
                                """)
                .bind("campaign", campaign.uuid())
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> run(row))
                .list();
    }

    private static Run run(ResultSet row) throws SQLException {
        return new Run(
                new RunId(Rows.uuid(row, "id")),
                new CampaignId(Rows.uuid(row, "campaign_id")),
                row.getObject("local_day", LocalDate.class),
                ZoneId.of(row.getString("time_zone")),
                row.getString("state"),
                Rows.instant(row, "due_at"),
                Rows.instant(row, "not_after"),
                Rows.uuid(row, "fence"),
                Rows.uuidOrNull(row, "cursor"),
                row.getInt("audience"),
                row.getInt("planned"),
                Json.read(row.getString("skipped"), SKIPPED),
                Rows.instant(row, "started_at"),
                Rows.instantOrNull(row, "finished_at"));
    }
}
