package io.regulars.engagement.tracking;

import java.net.URI;

/** Where links begin. */
final class Links {

    private Links() {}

    /** Without the slash at its end. */
    static String base(URI publicUrl) {
        String url = publicUrl.toString();
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
