package io.regulars.tenancy.access;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a person may do in one shop: the same as a key of a scope. */
public enum Role {
    OWNER(Scope.ADMIN),
    MARKETER(Scope.MARKETING),
    CASHIER(Scope.POS),
    VIEWER(Scope.READ);

    private final Scope scope;

    Role(Scope scope) {
        this.scope = scope;
    }

    public Scope scope() {
        return scope;
    }

    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Role of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
