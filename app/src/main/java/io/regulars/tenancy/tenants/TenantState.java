package io.regulars.tenancy.tenants;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a tenant stands with us. Deleted is for ever. */
public enum TenantState {
    ACTIVE,
    SUSPENDED,
    DELETED;

    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static TenantState of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
