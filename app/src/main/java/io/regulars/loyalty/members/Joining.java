package io.regulars.loyalty.members;

import io.regulars.platform.db.TenantTx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hears of new members in the transaction that makes them, when they and their accounts are there.
 * What it throws undoes the enrolment.
 */
public interface Joining {

    void joined(TenantTx tx, List<Joined> joined);

    /**
     * Somebody who has just become a member.
     *
     * @param referralCode the code of the member who sent them, as it came: nobody may have it
     * @param isImported whether a file brought them: an import makes no welcome of its own
     */
    record Joined(Member member, @Nullable String referralCode, boolean isImported) {}
}
