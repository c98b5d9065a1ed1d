package io.regulars.edge.imports;

import io.regulars.engagement.mail.CardMails;
import io.regulars.engagement.mail.Messages;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.work.Lanes;
import io.regulars.tenancy.tenants.TenantDirectory;
import java.util.UUID;

/** Tells members who came by a file that they have a card. */
public final class InviteMembers {

    private static final int AT_ONCE = 1_000;

    private final TenantDirectory directory;
    private final TenantDb tenants;
    private final Lanes lanes;

    public InviteMembers(TenantDirectory directory, TenantDb tenants, Lanes lanes) {
        this.directory = directory;
        this.tenants = tenants;
        this.lanes = lanes;
    }

    /**
     * Whoever is invited is so once ever: so nothing is planned while the mails could not leave.
     *
     * @return to how many a mail was planned
     * @throws Problem 422 {@code sender_identity_missing}
     */
    int invite(TenantRef tenant, ImportJob job) {
        directory.tenant(tenant.id()).orElseThrow().profile().requireSenderIdentity();
        UUID fence = job.fence();
        if (fence == null) {
            return 0;
        }
        int all = 0;
        int planned;
        do {
            planned = tenants.inTransaction(tenant, tx -> CardMails.invite(tx, fence, AT_ONCE));
            all += planned;
        } while (planned == AT_ONCE);
        lanes.note(Messages.QUEUE, tenant);
        return all;
    }
}
