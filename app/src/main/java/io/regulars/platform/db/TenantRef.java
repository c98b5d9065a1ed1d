package io.regulars.platform.db;

import io.regulars.platform.ids.TenantId;
import java.time.ZoneId;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One side of a tenant, as the registry knows it: everything a transaction needs to be opened, and
 * the few facts of the shop that rules ask for all the time.
 *
 * @param schema the schema's name, which is also the name of the role that may see it
 * @param zone the shop's own time zone
 * @param country ISO 3166-1 alpha-2
 */
public record TenantRef(
        TenantId id, Side side, String schema, ZoneId zone, String country, Locale locale) {

    private static final Pattern SCHEMA = Pattern.compile("t_[0-9a-z]{26}");

    public TenantRef {
        // The name is written into SQL as it stands; nothing but the registry's own form may get
        // there.
        if (!SCHEMA.matcher(schema).matches()) {
            throw new IllegalArgumentException("not a tenant schema: " + schema);
        }
    }

    public boolean isTest() {
        return side == Side.TEST;
    }
}
