package io.regulars.platform.net;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.Name;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Looks texts up in the DNS, always afresh: who has just put one there waits for the answer. */
public final class TextRecords {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int DNS_PORT = 53;

    private final String resolver;

    /**
     * @param resolver {@code host} or {@code host:port}; empty for the machine's
     */
    public TextRecords(String resolver) {
        this.resolver = resolver;
    }

    /** All texts under a name; empty when nobody could be asked. */
    public Optional<List<String>> of(String name) {
        try {
            Lookup lookup = new Lookup(Name.fromString(name + "."), Type.TXT);
            lookup.setResolver(asked());
            lookup.setCache(null);
            lookup.setSearchPath(List.of());
            lookup.run();
            return switch (lookup.getResult()) {
                case Lookup.SUCCESSFUL ->
                        Optional.of(
                                Arrays.stream(lookup.getAnswers())
                                        .filter(TXTRecord.class::isInstance)
                                        .map(TXTRecord.class::cast)
                                        // A long text comes in pieces.
                                        .map(record -> String.join("", record.getStrings()))
                                        .toList());
                case Lookup.HOST_NOT_FOUND, Lookup.TYPE_NOT_FOUND -> Optional.of(List.of());
                default -> Optional.empty();
            };
        } catch (TextParseException | UnknownHostException e) {
            return Optional.empty();
        }
    }

    private Resolver asked() throws UnknownHostException {
        if (resolver.isEmpty()) {
            Resolver system = Lookup.getDefaultResolver();
            system.setTimeout(PATIENCE);
            return system;
        }
        int colon = resolver.lastIndexOf(':');
        String host = colon < 0 ? resolver : resolver.substring(0, colon);
        int port = colon < 0 ? DNS_PORT : Integer.parseInt(resolver.substring(colon + 1));
        SimpleResolver named = new SimpleResolver(new InetSocketAddress(host, port));
        named.setTimeout(PATIENCE);
        return named;
    }
}
