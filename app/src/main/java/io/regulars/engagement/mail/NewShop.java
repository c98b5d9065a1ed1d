package io.regulars.engagement.mail;

import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.tenancy.tenants.ChecklistSource;
import io.regulars.tenancy.tenants.Tenant;
import io.regulars.tenancy.tenants.TenantDirectory;
import java.util.List;

/** Tells a shop that its first mails go out a few at a time, while that is so. */
final class NewShop implements ChecklistSource {

    private final TenantDb tenants;
    private final TenantDirectory directory;
    private final FirstSends firstSends;

    NewShop(TenantDb tenants, TenantDirectory directory, FirstSends firstSends) {
        this.tenants = tenants;
        this.directory = directory;
        this.firstSends = firstSends;
    }

    @Override
    public List<ChecklistItem> items(TenantRef side) {
        Tenant tenant = directory.tenant(side.id()).orElseThrow();
        return tenants.inTransaction(
                side,
                tx ->
                        firstSends.words(tx, tenant).stream()
                                .map(words ->
                                        new ChecklistItem(
                                                SkipReason.FIRST_SENDS.key(), false, false, words))
                                .toList());
    }
}
