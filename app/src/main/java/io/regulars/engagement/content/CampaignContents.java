package io.regulars.engagement.content;

import com.fasterxml.jackson.core.type.TypeReference;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What shops wrote for their campaigns, as it is now. */
public final class CampaignContents {

    private static final TypeReference<Map<String, MailContent>> CONTENT = new TypeReference<>() {};

    private CampaignContents() {}

    /** By campaign and locale; those that say nothing of their own are left out. */
    public static Map<UUID, Map<String, MailContent>> of(TenantTx tx, Collection<UUID> campaigns) {
        Map<UUID, Map<String, MailContent>> contents = new HashMap<>();
        if (campaigns.isEmpty()) {
            return contents;
        }
        tx.query(
                        """
                        select id, definition->>'content' as content from <t>.campaign
                         where id = any(:ids) and jsonb_typeof(definition->'content') = 'object'
                        """)
                .bindArray("ids", UUID.class, List.copyOf(campaigns))
                .map((row, context) ->
                        Map.entry(
                                Rows.uuid(row, "id"), Json.read(row.getString("content"), CONTENT)))
                .forEach(entry -> {
                    if (!entry.getValue().isEmpty()) {
                        contents.put(entry.getKey(), entry.getValue());
                    }
                });
        return contents;
    }
}
