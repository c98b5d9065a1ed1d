package io.regulars.platform.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks names up. */
@FunctionalInterface
public interface NameResolver {

    List<InetAddress> addresses(String host) throws UnknownHostException;

    /** As the machine does it. */
    static NameResolver system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
