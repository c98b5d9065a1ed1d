package io.regulars.loyalty.members;

import com.fasterxml.jackson.core.type.TypeReference;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.KeptValue;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The time zones in which a shop has members. Campaigns are scheduled for the next local hour among
 * these zones, so they must hear of a new one at once, while the common case (a zone known already,
 * or none given) must cost nothing.
 */
public final class NewZones {

    private static final String KEY = "member_zones";
    private static final KeptValue<List<String>> KEPT = KeptValue.of(KEY, new TypeReference<>() {});

    private final Consumer<TenantRef> onNewZone;

    /**
     * @param onNewZone called after the commit of a transaction that brought a new zone
     */
    public NewZones(Consumer<TenantRef> onNewZone) {
        this.onNewZone = onNewZone;
    }

    /**
     * The zones that members of this tenant have said. The shop's own is among them as soon as one
     * says it: the shop may move to another zone, and the member stays.
     */
    public static Set<String> of(TenantTx tx) {
        return KEPT.find(tx).<Set<String>>map(TreeSet::new).orElseGet(TreeSet::new);
    }

    void note(TenantTx tx, Collection<Member> members) {
        Set<String> zones = new TreeSet<>();
        members.stream().map(Member::timeZone).filter(Objects::nonNull).forEach(zones::add);
        if (zones.isEmpty() || of(tx).containsAll(zones)) {
            return;
        }
        // Merged in one statement, so that two who add a zone at once lose neither.
        tx.update(
                        """
                        insert into <t>.setting as s (key, value, version, updated_at)
                        values (:key, :zones::jsonb, 1, :now)
                        on conflict (key) do update
                           set value = s.value || excluded.value, version = s.version + 1, updated_at = excluded.updated_at
                        """)
                .bind("key", KEY)
                .bind("zones", Json.write(zones))
                .bind("now", tx.now())
                .execute();
        tx.afterCommit(() -> onNewZone.accept(tx.tenant()));
    }
}
