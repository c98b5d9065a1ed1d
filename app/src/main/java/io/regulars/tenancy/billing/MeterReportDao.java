package io.regulars.tenancy.billing;

import io.regulars.platform.ids.TenantId;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Rows of {@code control.meter_report}. */
final class MeterReportDao {

    private final Handle handle;

    MeterReportDao(Handle control) {
        this.handle = control;
    }

    /** An hour that Stripe has not been told of. */
    record Open(Instant hour, long value) {}

    void insert(TenantId tenant, Instant hour, long value) {
        handle.createUpdate(
                        """
                        insert into control.meter_report (tenant_id, hour, value)
                        values (:tenant, :hour, :value)
                        on conflict do nothing
                        """)
                .bind("tenant", tenant.uuid())
                .bind("hour", hour)
                .bind("value", value)
                .execute();
    }

    boolean isMeasured(TenantId tenant, Instant hour) {
        return handle.createQuery(
                        "select exists (select from control.meter_report where tenant_id = :tenant and hour = :hour)")
                .bind("tenant", tenant.uuid())
                .bind("hour", hour)
                .mapTo(boolean.class)
                .one();
    }

    List<Open> open(TenantId tenant) {
        return handle.createQuery(
                        """
                        select hour, value from control.meter_report
                         where tenant_id = :tenant and reported_at is null order by hour
                        """)
                .bind("tenant", tenant.uuid())
                .map((row, ctx) ->
                        new Open(row.getTimestamp("hour").toInstant(), row.getLong("value")))
                .list();
    }

    void reported(TenantId tenant, Instant hour, Instant now) {
        handle.createUpdate(
                        "update control.meter_report set reported_at = :now where tenant_id = :tenant and hour = :hour")
                .bind("now", now)
                .bind("tenant", tenant.uuid())
                .bind("hour", hour)
                .execute();
    }
}
