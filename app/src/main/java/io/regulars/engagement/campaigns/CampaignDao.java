package io.regulars.engagement.campaigns;

import io.regulars.platform.db.Json;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

final class CampaignDao {

    private static final String COLUMNS =
            "id, name, kind, state, definition::text, activated_at, planned_until, version, created_at, updated_at";

    private final TenantTx tx;

    CampaignDao(TenantTx tx) {
        this.tx = tx;
    }

    void insert(Campaign campaign) {
        tx.update(
                        """
                        insert into <t>.campaign (id, name, kind, state, definition, activated_at, version,
                               created_at, updated_at)
                        values (:id, :name, :kind, :state, :definition::jsonb, null, 1, :now, :now)
                        """)
                .bind("id", campaign.id().uuid())
                .bind("name", campaign.name())
                .bind("kind", key(campaign.kind()))
                .bind("state", key(campaign.state()))
                .bind("definition", Json.write(campaign.definition()))
                .bind("now", tx.now())
                .execute();
    }

    /**
     * Changes what a campaign says.
     *
     * @param otherHour whether it goes out at another hour or day, so that days are decided anew:
     *     an hour moved to this morning must not lose today's round
     */
    void update(CampaignId id, String name, Campaign.Definition definition, boolean otherHour) {
        tx.update(
                        """
                        update <t>.campaign set name = :name, definition = :definition::jsonb,
                               planned_until = case when :otherHour then null else planned_until end,
                               version = version + 1, updated_at = :now
                         where id = :id
                        """)
                .bind("id", id.uuid())
                .bind("name", name)
                .bind("definition", Json.write(definition))
                .bind("otherHour", otherHour)
                .bind("now", tx.now())
                .execute();
    }

    /**
     * Notes that all rounds up to now are decided. A campaign that was changed since it was read is
     * left alone: its rounds are decided by what it says now.
     */
    void planned(Campaign campaign) {
        tx.update(
                        "update <t>.campaign set planned_until = :now where id = :id and version = :version")
                .bind("id", campaign.id().uuid())
                .bind("version", campaign.version())
                .bind("now", tx.now())
                .execute();
    }

    void delete(CampaignId id) {
        tx.update("delete from <t>.campaign where id = :id").bind("id", id.uuid()).execute();
    }

    void setState(CampaignId id, Campaign.State state, @Nullable Instant activatedAt) {
        tx.update(
                        """
                        update <t>.campaign set state = :state, activated_at = :activatedAt,
                               version = version + 1, updated_at = :now
                         where id = :id
                        """)
                .bind("id", id.uuid())
                .bind("state", key(state))
                .bind("activatedAt", activatedAt)
                .bind("now", tx.now())
                .execute();
    }

    /** Ends a campaign that runs; one that was paused or cancelled just now stays so. */
    void complete(CampaignId id) {
        tx.update(
                        """
                        update <t>.campaign set state = 'completed', version = version + 1, updated_at = :now
                         where id = :id and state = 'active'
                        """)
                .bind("id", id.uuid())
                .bind("now", tx.now())
                .execute();
    }

    Optional<Campaign> find(CampaignId id) {
        return tx.query("select " + COLUMNS + " from <t>.campaign where id = :id")
                .bind("id", id.uuid())
                .map((row, context) -> campaign(row))
                .findOne();
    }

    Optional<Campaign> findLocked(CampaignId id) {
        return tx.query("select " + COLUMNS + " from <t>.campaign where id = :id for update")
                .bind("id", id.uuid())
                .map((row, context) -> campaign(row))
                .findOne();
    }

    List<Campaign> page(@Nullable UUID before, int limit) {
        return tx.query(
                        "select "
                                + COLUMNS
                                + " from <t>.campaign where id < coalesce(:before::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')"
                                + " order by id desc limit :limit")
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> campaign(row))
                .list();
    }

    /** Those that run now, in the order in which they were made. */
    List<Campaign> active() {
        return tx.query(
                        "select "
                                + COLUMNS
                                + " from <t>.campaign where state = 'active' order by id")
                .map((row, context) -> campaign(row))
                .list();
    }

    /**
     * Lets one at a time say which events the live campaigns wait for, for the rest of the
     * transaction: who had not seen another begin would end its waiting.
     */
    void lockLive() {
        tx.query("select pg_advisory_xact_lock(hashtextextended(:key, 0)) is null as locked")
                .bind("key", tx.tenant().schema() + " live campaigns")
                .mapTo(boolean.class)
                .one();
    }

    /** Those that run, and those that are paused and may go on. */
    List<Campaign> live() {
        return tx.query(
                        "select "
                                + COLUMNS
                                + " from <t>.campaign where state in ('active', 'paused') order by id")
                .map((row, context) -> campaign(row))
                .list();
    }

    /** Of those that run or may go on: by reward, the name of the oldest that gives it. */
    Map<String, String> rewardsInUse() {
        return tx
                .query(
                        """
                        select name, definition->'offer'->>'reward' as reward
                          from <t>.campaign
                         where state in ('active', 'paused') and definition->'offer'->>'reward' is not null
                         order by id
                        """)
                .map((row, context) -> Map.entry(row.getString("reward"), row.getString("name")))
                .stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                Map.Entry::getValue,
                                (oldest, later) -> oldest,
                                LinkedHashMap::new));
    }

    private static Campaign campaign(ResultSet row) throws SQLException {
        return new Campaign(
                new CampaignId(Rows.uuid(row, "id")),
                row.getString("name"),
                Campaign.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                Campaign.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                Json.read(row.getString("definition"), Campaign.Definition.class),
                Rows.instantOrNull(row, "activated_at"),
                Rows.instantOrNull(row, "planned_until"),
                row.getInt("version"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"));
    }

    static String key(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
