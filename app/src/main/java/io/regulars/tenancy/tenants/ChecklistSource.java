package io.regulars.tenancy.tenants;

import io.regulars.platform.db.TenantRef;
import java.util.List;

/** Knows some of the steps on the way to a shop's first mail. Rooms above add theirs. */
public interface ChecklistSource {

    List<ChecklistItem> items(TenantRef side);

    /**
     * One step.
     *
     * @param blocking whether no mail leaves before it is done
     */
    record ChecklistItem(String key, boolean done, boolean blocking, String detail) {}
}
