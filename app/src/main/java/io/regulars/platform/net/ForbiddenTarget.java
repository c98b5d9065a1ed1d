package io.regulars.platform.net;

import java.net.UnknownHostException;

/** A name that leads to an address which must not be called. It says so without the address. */
public final class ForbiddenTarget extends UnknownHostException {

    private static final long serialVersionUID = 1L;

    ForbiddenTarget(String host) {
        super(host + " does not lead to a public address");
    }
}
