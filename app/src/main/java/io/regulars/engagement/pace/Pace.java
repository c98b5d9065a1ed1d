package io.regulars.engagement.pace;

import io.regulars.platform.ids.TenantId;
import java.util.Locale;

/** Something that has a rate: the relay, a shop, a domain. */
record Pace(Kind kind, String name) {

    enum Kind {
        RELAY,
        SHOP,
        DOMAIN
    }

    static Pace relay(String name) {
        return new Pace(Kind.RELAY, name);
    }

    static Pace shop(TenantId shop) {
        return new Pace(Kind.SHOP, shop.toString());
    }

    /** The domain of an address. */
    static Pace domainOf(String address) {
        return new Pace(
                Kind.DOMAIN,
                address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT));
    }

    static Pace parse(String key) {
        int colon = key.indexOf(':');
        return new Pace(
                Kind.valueOf(key.substring(0, colon).toUpperCase(Locale.ROOT)),
                key.substring(colon + 1));
    }

    /** As it stands in the row. */
    String key() {
        return kind.name().toLowerCase(Locale.ROOT) + ":" + name;
    }
}
