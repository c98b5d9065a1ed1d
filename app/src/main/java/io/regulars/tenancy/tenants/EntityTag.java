package io.regulars.tenancy.tenants;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The version of a resource as HTTP's validators have it (RFC 9110, 8.8.3 and 13.1.1). */
final class EntityTag {

    private EntityTag() {}

    static String of(int version) {
        return "\"" + version + "\"";
    }

    /** Whether {@code If-Match}, if sent, lets this version be changed. */
    static boolean matches(@Nullable String ifMatch, int version) {
        return ifMatch == null
                || ifMatch.strip().equals("*")
                || Stream.of(ifMatch.split(",", -1))
                        .map(String::strip)
                        .anyMatch(of(version)::equals);
    }
}
