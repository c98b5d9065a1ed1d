package io.regulars.tenancy.access;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

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

    public static Optional<Role> parse(String key) {
        return Arrays.stream(values()).filter(role -> role.key().equals(key)).findFirst();
    }

    public static Role of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
