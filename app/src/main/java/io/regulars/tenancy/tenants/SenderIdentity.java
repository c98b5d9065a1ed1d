package io.regulars.tenancy.tenants;

import io.regulars.platform.db.TenantRef;
import java.util.List;

/** The law's first question of an advertising mail: who is it from? */
public final class SenderIdentity implements ChecklistSource {

    private final TenantDirectory directory;

    public SenderIdentity(TenantDirectory directory) {
        this.directory = directory;
    }

    @Override
    public List<ChecklistItem> items(TenantRef side) {
        Tenant tenant = directory.tenant(side.id()).orElseThrow();
        List<String> missing = tenant.profile().missingOfSenderIdentity();
        return List.of(
                new ChecklistItem(
                        "sender_identity",
                        missing.isEmpty(),
                        true,
                        missing.isEmpty()
                                ? "Mails say who they are from."
                                : "Set " + String.join(", ", missing) + " with PATCH /v1/tenant."),
                new ChecklistItem("sending", !tenant.sendingHalted(), true, sending(tenant)));
    }

    private static String sending(Tenant tenant) {
        String held = tenant.standing().heldBecause();
        if (held != null) {
            return "The operator of this service holds all mail: " + held;
        }
        return tenant.sendingStopped()
                ? "All mail is stopped; POST /v1/sending/resume lets it go."
                : "Mail is not stopped.";
    }
}
