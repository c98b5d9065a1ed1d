package io.regulars.platform.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where shops may have us connect to. Whoever connects asks here for the addresses of a name and
 * uses these and no others: a second look could find something else.
 *
 * @param allowPrivate the operator trusts the shops with the own network; for tests
 */
public record Targets(boolean allowPrivate, NameResolver names) {

    /** Digits, dots and hexadecimal forms of IPv4, and everything with a colon. */
    private static final Pattern LITERAL =
            Pattern.compile(
                    "\\[.*]|.*:.*|(0[xX][0-9a-fA-F]*|[0-9]+)(\\.(0[xX][0-9a-fA-F]*|[0-9]+))*");

    /**
     * The checked addresses of a name, in the order in which they are to be tried.
     *
     * @throws ForbiddenTarget if even one of them is not public: a name with both kinds is a trick
     */
    public List<InetAddress> addresses(String host) throws UnknownHostException {
        List<InetAddress> addresses = names.addresses(host);
        if (addresses.isEmpty()) {
            throw new UnknownHostException(host);
        }
        if (!allowPrivate && !addresses.stream().allMatch(PublicAddresses::isPublic)) {
            throw new ForbiddenTarget(host);
        }
        return addresses;
    }

    /**
     * Whether it can be said without asking anybody that this host is not allowed: this machine,
     * and addresses written as numbers. What a name leads to is checked at each connection.
     */
    public boolean isPlainlyForbidden(String host) {
        if (allowPrivate) {
            return false;
        }
        String name = host.toLowerCase(Locale.ROOT);
        if (name.equals("localhost") || name.endsWith(".localhost") || name.endsWith(".internal")) {
            return true;
        }
        if (!LITERAL.matcher(name).matches()) {
            return false;
        }
        try {
            return !PublicAddresses.isPublic(InetAddress.getByName(name));
        } catch (UnknownHostException e) {
            return true;
        }
    }
}
