package io.regulars.loyalty.publishing;

import io.regulars.platform.db.TenantTx;
import java.util.Map;

/**
 * Which rewards something outside the program gives away. Rooms above implement it: this storey
 * does not know campaigns.
 */
public interface RewardsInUse {

    /** By the reward's key, the name of who uses it. */
    Map<String, String> in(TenantTx tx);
}
