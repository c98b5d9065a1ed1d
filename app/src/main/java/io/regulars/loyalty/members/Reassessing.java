package io.regulars.loyalty.members;

import io.regulars.platform.db.TenantTx;
import java.util.List;

/**
 * Judges anew what hangs on all that a member did, the tier above all, after purchases moved from
 * one member to another. Called in the transaction of the merge, after everything has moved and the
 * ledger is written.
 */
public interface Reassessing {

    void reassess(TenantTx tx, List<MemberId> members);
}
