package io.regulars.platform.http;

import jakarta.ws.rs.core.EntityTag;

/** Versions of rows as entity tags; {@link IfMatch} reads them back. */
public final class ETags {

    private ETags() {}

    public static EntityTag of(int version) {
        return new EntityTag(Integer.toString(version));
    }
}
