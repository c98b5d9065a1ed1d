package io.regulars.tenancy.access;

import com.fasterxml.jackson.annotation.JsonValue;
import io.regulars.platform.ids.Tokens;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a person who logged in sends with every call. Opaque, and kept as a hash. */
public record SessionToken(@JsonValue String text) {

    private static final Pattern FORM = Pattern.compile("rs_[0-9A-Za-z]{40}");

    static SessionToken mint() {
        return new SessionToken("rs_" + Tokens.base62(40));
    }

    static Optional<SessionToken> parse(String text) {
        return FORM.matcher(text).matches()
                ? Optional.of(new SessionToken(text))
                : Optional.empty();
    }

    byte[] hash() {
        return Sha256.of(text);
    }

    @Override
    public String toString() {
        return "(session)";
    }
}
