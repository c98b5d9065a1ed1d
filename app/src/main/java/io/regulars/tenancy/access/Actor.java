package io.regulars.tenancy.access;

import com.fasterxml.jackson.annotation.JsonValue;

/** Who did something, as records name them: {@code key_…} or {@code usr_…}. */
public record Actor(@JsonValue String id) {

    static Actor of(ApiKeyId key) {
        return new Actor(key.toString());
    }

    static Actor of(UserId user) {
        return new Actor(user.toString());
    }

    @Override
    public String toString() {
        return id;
    }
}
