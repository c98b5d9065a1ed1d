package io.regulars.tenancy.plans;

import io.regulars.platform.ids.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Rows of {@code control.subscription}. */
public final class SubscriptionDao {

    private static final String SELECT =
            """
            select tenant_id, customer, subscription, plan, status, item, period_start, period_end, trial_end,
                   cancel_at_period_end, past_due_since, trial_used_at
              from control.subscription
            """;

    private final Handle handle;

    public SubscriptionDao(Handle control) {
        this.handle = control;
    }

    public Optional<Subscription> find(TenantId tenant) {
        return handle.createQuery(SELECT + " where tenant_id = :tenant")
                .bind("tenant", tenant.uuid())
                .map((row, ctx) -> subscription(row))
                .findOne();
    }

    /** The row, made if it is not there, held until the end of the transaction. */
    public Subscription lock(TenantId tenant, Instant now) {
        handle.createUpdate(
                        """
                        insert into control.subscription (tenant_id, updated_at) values (:tenant, :now)
                        on conflict (tenant_id) do nothing
                        """)
                .bind("tenant", tenant.uuid())
                .bind("now", now)
                .execute();
        return handle.createQuery(SELECT + " where tenant_id = :tenant for update")
                .bind("tenant", tenant.uuid())
                .map((row, ctx) -> subscription(row))
                .one();
    }

    public Optional<TenantId> ofCustomer(String customer) {
        return handle.createQuery(
                        "select tenant_id from control.subscription where customer = :customer")
                .bind("customer", customer)
                .mapTo(UUID.class)
                .findOne()
                .map(TenantId::new);
    }

    /** Those with a customer, in the order of their ids. */
    public List<Subscription> page(Optional<TenantId> after, int limit) {
        return handle.createQuery(
                        SELECT
                                + """
                                 where customer is not null and tenant_id > coalesce(:after::uuid, '00000000-0000-0000-0000-000000000000')
                                 order by tenant_id
                                 limit :limit
                                """)
                .bind("after", after.map(TenantId::uuid).orElse(null))
                .bind("limit", limit)
                .map((row, ctx) -> subscription(row))
                .list();
    }

    /** Those that still run though their shop is deleted. */
    public List<Subscription> ofDeletedShops(int atMost) {
        return running("t.state = 'deleted'", atMost);
    }

    /** Those that would go on though their shop will be deleted. */
    public List<Subscription> ofShopsAboutToEnd(int atMost) {
        return running(
                "t.state <> 'deleted' and t.deletion_due_at is not null and not cancel_at_period_end",
                atMost);
    }

    /** Those that we let run out and that go on after all. */
    public List<Subscription> ofShopsThatStayed(int atMost) {
        return running(
                "t.state <> 'deleted' and t.deletion_due_at is null and ends_with_shop", atMost);
    }

    private List<Subscription> running(String which, int atMost) {
        return handle.createQuery(
                        SELECT
                                + """
                                  join control.tenant t on t.id = tenant_id
                                 where customer is not null and subscription is not null
                                   and status in ('active', 'trialing', 'past_due', 'unpaid', 'paused', 'incomplete')
                                   and
                                """
                                + which
                                + " order by tenant_id limit :limit")
                .bind("limit", atMost)
                .map((row, ctx) -> subscription(row))
                .list();
    }

    /**
     * @param ends whether it runs out because its shop ends, and not because its owner said so
     */
    public void setEndsWithShop(TenantId tenant, boolean ends, Instant now) {
        handle.createUpdate(
                        "update control.subscription set ends_with_shop = :ends, updated_at = :now where tenant_id = :tenant")
                .bind("ends", ends)
                .bind("now", now)
                .bind("tenant", tenant.uuid())
                .execute();
    }

    public void setCustomer(TenantId tenant, String customer, Instant now) {
        handle.createUpdate(
                        "update control.subscription set customer = :customer, updated_at = :now where tenant_id = :tenant")
                .bind("customer", customer)
                .bind("now", now)
                .bind("tenant", tenant.uuid())
                .execute();
    }

    /** Everything but the customer. */
    public void write(Subscription row, Instant now) {
        handle.createUpdate(
                        """
                        update control.subscription
                           set subscription = :subscription, plan = :plan, status = :status, item = :item,
                               period_start = :periodStart, period_end = :periodEnd, trial_end = :trialEnd,
                               cancel_at_period_end = :cancel, past_due_since = :pastDueSince,
                               trial_used_at = :trialUsedAt, fetched_at = :now, updated_at = :now
                         where tenant_id = :tenant
                        """)
                .bind("subscription", row.subscription())
                .bind("plan", row.plan())
                .bind("status", row.status())
                .bind("item", row.item())
                .bind("periodStart", row.periodStart())
                .bind("periodEnd", row.periodEnd())
                .bind("trialEnd", row.trialEnd())
                .bind("cancel", row.cancelAtPeriodEnd())
                .bind("pastDueSince", row.pastDueSince())
                .bind("trialUsedAt", row.trialUsedAt())
                .bind("now", now)
                .bind("tenant", row.tenant().uuid())
                .execute();
    }

    private static Subscription subscription(ResultSet row) throws SQLException {
        return new Subscription(
                new TenantId(row.getObject("tenant_id", UUID.class)),
                row.getString("customer"),
                row.getString("subscription"),
                row.getString("plan"),
                row.getString("status"),
                row.getString("item"),
                instant(row.getTimestamp("period_start")),
                instant(row.getTimestamp("period_end")),
                instant(row.getTimestamp("trial_end")),
                row.getBoolean("cancel_at_period_end"),
                instant(row.getTimestamp("past_due_since")),
                instant(row.getTimestamp("trial_used_at")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
