package io.regulars.loyalty.members;

import io.regulars.loyalty.ledger.Account;
import io.regulars.platform.db.TenantTx;

/**
 * Judges anew what hangs on all that a member did, the tier above all, after purchases moved from
 * one member to another. Called in the transaction of the merge, after everything has moved and the
 * ledger is written.
 */
public interface Reassessing {

    /**
     * @param before the survivor's account as it was before the merge
     */
    void merged(TenantTx tx, MemberId survivor, Account before);

    /**
     * The same after what had come with a merge has gone again.
     *
     * @param before the survivor's account as it was before the merge
     */
    void parted(TenantTx tx, MemberId survivor, Account before, MemberId restored);
}
