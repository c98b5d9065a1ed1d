package io.regulars.tenancy.audit;

import io.regulars.platform.db.Json;
import io.regulars.platform.http.Actors;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.ids.TypeIds;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Rows of {@code control.audit_entry}. */
public final class AuditDao {

    private final Handle handle;

    public AuditDao(Handle control) {
        this.handle = control;
    }

    /**
     * What was done.
     *
     * @param before the values that were changed, as JSON; null where there were none
     */
    public record Entry(
            UUID id,
            String actor,
            String action,
            String target,
            @Nullable String before,
            @Nullable String after,
            Instant at) {}

    /**
     * Records a change by whoever acts in this thread.
     *
     * @param target what was changed, by its id
     * @param before the values that were changed; empty for something new
     * @param after the values they have now; empty for something that is gone
     */
    public void note(
            TenantId tenant,
            String action,
            String target,
            Map<String, ?> before,
            Map<String, ?> after,
            Instant now) {
        handle.createUpdate(
                        """
                        insert into control.audit_entry (id, tenant_id, actor, action, target, before, after, at)
                        values (:id, :tenant, :actor, :action, :target, :before::jsonb, :after::jsonb, :now)
                        """)
                .bind("id", TypeIds.next())
                .bind("tenant", tenant.uuid())
                .bind("actor", Actors.current())
                .bind("action", action)
                .bind("target", target)
                .bind("before", before.isEmpty() ? null : Json.write(before))
                .bind("after", after.isEmpty() ? null : Json.write(after))
                .bind("now", now)
                .execute();
    }

    /** Newest first. */
    public List<Entry> page(TenantId tenant, @Nullable UUID before, int limit) {
        return handle.createQuery(
                        """
                        select id, actor, action, target, before::text, after::text, at
                          from control.audit_entry
                         where tenant_id = :tenant and id < coalesce(:before::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
                         order by id desc
                         limit :limit
                        """)
                .bind("tenant", tenant.uuid())
                .bind("before", before)
                .bind("limit", limit)
                .map((row, ctx) ->
                        new Entry(
                                row.getObject("id", UUID.class),
                                row.getString("actor"),
                                row.getString("action"),
                                row.getString("target"),
                                row.getString("before"),
                                row.getString("after"),
                                row.getTimestamp("at").toInstant()))
                .list();
    }

    /** Forgets some of what is older; answers how many. */
    public int forget(Instant before, int limit) {
        return handle.createUpdate(
                        """
                        delete from control.audit_entry
                         where id in (select id from control.audit_entry where at < :before order by id limit :limit)
                        """)
                .bind("before", before)
                .bind("limit", limit)
                .execute();
    }
}
