package io.regulars.events;

import io.regulars.platform.db.Json;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.ids.TypeIds;
import java.util.List;
import java.util.UUID;

/** Writes events in the transaction in which they happen. */
public final class Outbox {

    private Outbox() {}

    public static void append(TenantTx tx, List<? extends Event> events) {
        if (events.isEmpty()) {
            return;
        }
        tx.update(
                        """
                        insert into <t>.event (id, type, data, occurred_at)
                        select id, type, data::jsonb, :now from unnest(:ids, :types, :data) as e (id, type, data)
                        """)
                .bindArray("ids", UUID.class, events.stream().map(e -> TypeIds.next()).toList())
                .bindArray("types", String.class, events.stream().map(Event::type).toList())
                .bindArray("data", String.class, events.stream().map(Json::write).toList())
                .bind("now", tx.now())
                .execute();
    }

    public static void append(TenantTx tx, Event event) {
        append(tx, List.of(event));
    }
}
