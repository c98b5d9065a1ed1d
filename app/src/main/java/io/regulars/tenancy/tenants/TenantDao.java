package io.regulars.tenancy.tenants;

import io.regulars.platform.db.Side;
import io.regulars.platform.ids.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Rows of {@code control.tenant}, with the versions of their schemas. */
final class TenantDao {

    private static final String SELECT =
            """
            select t.id, t.state, t.business_name, t.country, t.time_zone, t.locale, t.legal_name, t.postal_address,
                   t.email, t.phone, t.website, t.sender_name, t.signup_currency, t.signup_preset,
                   t.live_schema, live.version as live_version, t.live_prepared_at,
                   t.test_schema, test.version as test_version, t.test_prepared_at,
                   t.sending_stopped_at, t.deletion_due_at, t.sending_held_because, t.sending_trusted_at,
                   t.disposable_signup, t.version, t.created_at
              from control.tenant t
              join control.tenant_schema live on live.name = t.live_schema
              left join control.tenant_schema test on test.name = t.test_schema
            """;

    private final Handle handle;

    TenantDao(Handle control) {
        this.handle = control;
    }

    void insert(TenantId id, FoundTenant.Details details, String liveSchema, Instant now) {
        handle.createUpdate(
                        """
                        insert into control.tenant
                               (id, state, business_name, country, time_zone, locale, signup_currency, signup_preset,
                                live_schema, version, created_at, updated_at)
                        values (:id, 'active', :name, :country, :zone, :locale, :currency, :preset, :schema, 1, :now, :now)
                        """)
                .bind("id", id.uuid())
                .bind("name", details.businessName())
                .bind("country", details.country())
                .bind("zone", details.zone().getId())
                .bind("locale", details.locale().toLanguageTag())
                .bind("currency", details.currency())
                .bind("preset", details.preset())
                .bind("schema", liveSchema)
                .bind("now", now)
                .execute();
    }

    Optional<Tenant> find(TenantId id) {
        return handle.createQuery(SELECT + " where t.id = :id")
                .bind("id", id.uuid())
                .map((row, ctx) -> tenant(row))
                .findOne();
    }

    /** The same, held until the end of the transaction. */
    Optional<Tenant> lock(TenantId id) {
        return handle.createQuery(SELECT + " where t.id = :id for update of t")
                .bind("id", id.uuid())
                .map((row, ctx) -> tenant(row))
                .findOne();
    }

    List<Tenant> active(Optional<TenantId> after, int limit) {
        return handle.createQuery(
                        SELECT
                                + """
                                 where t.state = 'active' and t.live_prepared_at is not null
                                   and t.id > coalesce(:after::uuid, '00000000-0000-0000-0000-000000000000')
                                 order by t.id
                                 limit :limit
                                """)
                .bind("after", after.map(TenantId::uuid).orElse(null))
                .bind("limit", limit)
                .map((row, ctx) -> tenant(row))
                .list();
    }

    void setState(TenantId id, TenantState state, Instant now) {
        handle.createUpdate(
                        "update control.tenant set state = :state, version = version + 1, updated_at = :now where id = :id")
                .bind("state", state.key())
                .bind("now", now)
                .bind("id", id.uuid())
                .execute();
    }

    void setTestSchema(TenantId id, String schema) {
        handle.createUpdate("update control.tenant set test_schema = :schema where id = :id")
                .bind("schema", schema)
                .bind("id", id.uuid())
                .execute();
    }

    /** Lets go of the test side; its schema is dropped later. */
    void releaseTest(TenantId id, Instant now) {
        handle.createUpdate(
                        """
                        update control.tenant_schema set released_at = :now
                         where name = (select test_schema from control.tenant where id = :id)
                        """)
                .bind("now", now)
                .bind("id", id.uuid())
                .execute();
        handle.createUpdate(
                        "update control.tenant set test_schema = null, test_prepared_at = null where id = :id")
                .bind("id", id.uuid())
                .execute();
    }

    void setDeletion(TenantId id, @Nullable Instant due, Instant now) {
        handle.createUpdate(
                        """
                        update control.tenant
                           set deletion_due_at = :due, version = version + 1, updated_at = :now
                         where id = :id
                        """)
                .bind("due", due)
                .bind("now", now)
                .bind("id", id.uuid())
                .execute();
    }

    /** Those whose time has come. */
    List<TenantId> toDelete(Instant now) {
        return handle.createQuery(
                        "select id from control.tenant where deletion_due_at <= :now and state <> 'deleted'")
                .bind("now", now)
                .mapTo(UUID.class)
                .map(TenantId::new)
                .list();
    }

    /** Every tenant, for the operator. */
    List<Tenant> all() {
        return handle.createQuery(SELECT + " order by t.created_at, t.id")
                .map((row, ctx) -> tenant(row))
                .list();
    }

    /**
     * People who belonged to this shop and to no other are forgotten with it, and so is how to
     * reach the shop, which is often a person.
     */
    void forgetPeople(TenantId id) {
        handle.createUpdate("delete from control.session where tenant_id = :id")
                .bind("id", id.uuid())
                .execute();
        handle.createUpdate("delete from control.invitation where tenant_id = :id")
                .bind("id", id.uuid())
                .execute();
        handle.createUpdate("delete from control.signup where tenant_id = :id")
                .bind("id", id.uuid())
                .execute();
        handle.createUpdate(
                        """
                        update control.tenant
                           set legal_name = null, postal_address = null, phone = null, email = null, website = null,
                               sender_name = null
                         where id = :id
                        """)
                .bind("id", id.uuid())
                .execute();
        List<UUID> people =
                handle.createQuery(
                                "delete from control.membership where tenant_id = :id returning user_id")
                        .bind("id", id.uuid())
                        .mapTo(UUID.class)
                        .list();
        handle.createUpdate(
                        """
                        delete from control.app_user u
                         where u.id = any(:people)
                           and not exists (select from control.membership m where m.user_id = u.id)
                           and not exists (select from control.session s where s.user_id = u.id)
                        """)
                .bindArray("people", UUID.class, people)
                .execute();
    }

    void setPrepared(TenantId id, Side side, Instant now) {
        String sql =
                switch (side) {
                    case LIVE ->
                            "update control.tenant set live_prepared_at = coalesce(live_prepared_at, :now) where id = :id";
                    case TEST ->
                            "update control.tenant set test_prepared_at = coalesce(test_prepared_at, :now) where id = :id";
                };
        handle.createUpdate(sql).bind("now", now).bind("id", id.uuid()).execute();
    }

    /** Stopping again leaves the time of the first stop. */
    void setSending(TenantId id, boolean stopped, Instant now) {
        handle.createUpdate(
                        """
                        update control.tenant
                           set sending_stopped_at = case when :stopped then coalesce(sending_stopped_at, :now) end,
                               version = version + 1, updated_at = :now
                         where id = :id and (sending_stopped_at is not null) <> :stopped
                        """)
                .bind("stopped", stopped)
                .bind("now", now)
                .bind("id", id.uuid())
                .execute();
    }

    /**
     * @param because null to let go
     */
    void setHold(TenantId id, @Nullable String because, Instant now) {
        handle.createUpdate(
                        """
                        update control.tenant
                           set sending_held_because = :because, version = version + 1, updated_at = :now
                         where id = :id
                        """)
                .bind("because", because)
                .bind("now", now)
                .bind("id", id.uuid())
                .execute();
    }

    void setTrusted(TenantId id, Instant now) {
        handle.createUpdate(
                        "update control.tenant set sending_trusted_at = coalesce(sending_trusted_at, :now) where id = :id")
                .bind("now", now)
                .bind("id", id.uuid())
                .execute();
    }

    void setDisposableSignup(TenantId id) {
        handle.createUpdate("update control.tenant set disposable_signup = true where id = :id")
                .bind("id", id.uuid())
                .execute();
    }

    void change(TenantId id, Profile profile, ZoneId zone, Locale locale, Instant now) {
        handle.createUpdate(
                        """
                        update control.tenant
                           set legal_name = :legalName, postal_address = :postalAddress, email = :email, phone = :phone,
                               website = :website, sender_name = :senderName, time_zone = :zone, locale = :locale,
                               version = version + 1, updated_at = :now
                         where id = :id
                        """)
                .bind("legalName", profile.legalName())
                .bind("postalAddress", profile.postalAddress())
                .bind("email", profile.email())
                .bind("phone", profile.phone())
                .bind("website", profile.website())
                .bind("senderName", profile.senderName())
                .bind("zone", zone.getId())
                .bind("locale", locale.toLanguageTag())
                .bind("now", now)
                .bind("id", id.uuid())
                .execute();
    }

    private static Tenant tenant(ResultSet row) throws SQLException {
        Locale locale = Locale.forLanguageTag(row.getString("locale"));
        String testSchema = row.getString("test_schema");
        Timestamp stopped = row.getTimestamp("sending_stopped_at");
        return new Tenant(
                new TenantId(row.getObject("id", UUID.class)),
                TenantState.of(row.getString("state")),
                row.getString("business_name"),
                row.getString("country"),
                ZoneId.of(row.getString("time_zone")),
                locale,
                profile(row),
                new Setup(
                        row.getString("signup_currency"),
                        row.getString("signup_preset"),
                        locale,
                        row.getString("business_name"),
                        row.getString("country")),
                new Tenant.SideSchema(
                        row.getString("live_schema"),
                        row.getLong("live_version"),
                        row.getTimestamp("live_prepared_at") != null),
                testSchema == null
                        ? null
                        : new Tenant.SideSchema(
                                testSchema,
                                row.getLong("test_version"),
                                row.getTimestamp("test_prepared_at") != null),
                instant(stopped),
                instant(row.getTimestamp("deletion_due_at")),
                new Tenant.Standing(
                        row.getString("sending_held_because"),
                        row.getTimestamp("sending_trusted_at") != null,
                        row.getBoolean("disposable_signup")),
                row.getInt("version"),
                row.getTimestamp("created_at").toInstant());
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }

    private static Profile profile(ResultSet row) throws SQLException {
        return new Profile(
                row.getString("legal_name"),
                row.getString("postal_address"),
                row.getString("email"),
                row.getString("phone"),
                row.getString("website"),
                row.getString("sender_name"));
    }
}
