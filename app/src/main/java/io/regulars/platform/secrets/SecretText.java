package io.regulars.platform.secrets;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A password or key on its way in: it can be read, but neither a log line nor an answer shows it by
 * accident.
 */
public record SecretText(String value) {

    private static final String HIDDEN = "(hidden)";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SecretText {}

    @JsonValue
    public String hidden() {
        return HIDDEN;
    }

    @Override
    public String toString() {
        return HIDDEN;
    }
}
