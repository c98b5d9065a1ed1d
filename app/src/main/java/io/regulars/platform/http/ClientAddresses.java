package io.regulars.platform.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.util.InetAddressSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from. {@code X-Forwarded-For} is believed only as far as trusted proxies
 * have written it: from its right end up to the first address that is not one of them.
 */
public final class ClientAddresses implements Filter {

    private static final String ATTRIBUTE = ClientAddresses.class.getName();
    private static final ThreadLocal<HttpServletRequest> CURRENT = new ThreadLocal<>();
    private static final String FORWARDED = "X-Forwarded-For";

    /** Half of an IPv6 address is its network's; within it somebody has as many as they like. */
    private static final int IPV6_NETWORK_BYTES = 8;

    private final InetAddressSet trusted = new InetAddressSet();

    /**
     * @param trustedProxies addresses and networks such as {@code 10.0.0.0/8}, comma separated
     * @throws IllegalArgumentException where one of them is neither
     */
    public ClientAddresses(String trustedProxies) {
        Stream.of(trustedProxies.split(",", -1))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .forEach(trusted::add);
    }

    /** The network of whoever sent the request: the address, of IPv6 its first half. */
    public static String networkOf(HttpServletRequest request) {
        String address =
                request.getAttribute(ATTRIBUTE) instanceof String known
                        ? known
                        : request.getRemoteAddr();
        return parse(address).map(ClientAddresses::network).orElse(address);
    }

    /** The network of the request this thread works on; empty outside of one. */
    public static Optional<String> currentNetwork() {
        return Optional.ofNullable(CURRENT.get()).map(ClientAddresses::networkOf);
    }

    /** Whether the network is this machine: a person at it, or a proxy that nobody told us of. */
    public static boolean isThisMachine(String network) {
        return parse(network).filter(InetAddress::isLoopbackAddress).isPresent()
                || network.equals("0:0:0:0:0:0:0:0");
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest http) {
            request.setAttribute(
                    ATTRIBUTE, client(http.getRemoteAddr(), forwarded(http)).orElse("unknown"));
            CURRENT.set(http);
        }
        try {
            chain.doFilter(request, response);
        } finally {
            CURRENT.remove();
        }
    }

    /** Empty where there is no peer, or the last trusted proxy names something unreadable. */
    Optional<String> client(@Nullable String peer, List<String> forwarded) {
        String client = peer;
        for (String before : forwarded.reversed()) {
            if (client == null || !isTrusted(client)) {
                break;
            }
            client = before;
        }
        return Optional.ofNullable(client);
    }

    private boolean isTrusted(String address) {
        return !trusted.isEmpty() && parse(address).filter(trusted).isPresent();
    }

    private static List<String> forwarded(HttpServletRequest request) {
        return Collections.list(request.getHeaders(FORWARDED)).stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .toList();
    }

    private static String network(InetAddress address) {
        if (address instanceof Inet6Address) {
            byte[] bytes = address.getAddress();
            Arrays.fill(bytes, IPV6_NETWORK_BYTES, bytes.length, (byte) 0);
            try {
                return InetAddress.getByAddress(bytes).getHostAddress();
            } catch (IOException e) {
                throw new IllegalStateException("sixteen bytes are an address", e);
            }
        }
        return address.getHostAddress();
    }

    /** A literal address only: nobody has us look names up. */
    private static Optional<InetAddress> parse(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? inner(text) : text;
        if (bare.isEmpty() || !bare.chars().allMatch(ClientAddresses::standsInAnAddress)) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(bare));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String inner(String text) {
        return text.substring(1, text.length() - 1);
    }

    private static boolean standsInAnAddress(int c) {
        return Character.digit(c, 16) >= 0 || c == '.' || c == ':';
    }
}
