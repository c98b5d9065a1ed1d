package io.regulars;

import io.regulars.engagement.mail.MailLimit;
import io.regulars.loyalty.members.MemberLimit;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.tenancy.plans.Usage;
import java.time.Instant;

/** Counts what lies in the shops' schemas. */
record CountUsage(TenantDb tenants) implements Usage.Counts {

    @Override
    public long members(TenantRef side) {
        return tenants.inTransaction(side, tx -> MemberLimit.count(tx, Long.MAX_VALUE));
    }

    @Override
    public long mails(TenantRef side, Instant from, Instant before) {
        return tenants.inTransaction(side, tx -> MailLimit.sent(tx, from, before));
    }
}
