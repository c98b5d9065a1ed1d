package io.regulars.engagement.pace;

import io.regulars.platform.http.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How many mails may leave in a second; 0: as many as the relay takes.
 *
 * @param domainPerSecond to the addresses of any one domain
 * @param domains of these domains, instead
 * @param throttled what a domain is slowed to that says it gets too much
 */
public record MailRates(
        double relayPerSecond,
        double shopPerSecond,
        double domainPerSecond,
        Map<String, Double> domains,
        Throttled throttled) {

    private static final String OURS = "/tenants-config/mail-rates.yml";

    /**
     * A domain that has no rate is free again when it takes so many times what it was slowed to.
     */
    private static final double FREE_AFTER = 64;

    /** Nothing is slowed to a standstill: then nobody would find out that it goes again. */
    private static final double LEAST = 0.05;

    /**
     * @param perSecond where the domain had no rate, else half of what it had
     * @param forSeconds after which the rate doubles, and again, until it is as it was
     */
    public record Throttled(double perSecond, int forSeconds) {

        public Throttled {
            if (perSecond <= 0 || forSeconds <= 0) {
                throw new IllegalArgumentException("a throttled domain still gets some mail");
            }
        }
    }

    public MailRates {
        // A file may leave out what it has nothing to say of.
        domains = Map.copyOf(Objects.requireNonNullElse(domains, Map.of()));
        throttled = Objects.requireNonNullElse(throttled, new Throttled(1, 300));
    }

    /**
     * Reads them.
     *
     * @param file of the operator's own; empty: ours
     * @param isLocal whether the relay is this machine, where a queue of the operator's own keeps
     *     the rates; then ours hold back nothing
     */
    public static MailRates read(String file, boolean isLocal) {
        try (InputStream in = file.isEmpty() ? ours() : Files.newInputStream(Path.of(file))) {
            MailRates rates = Yaml.read(in.readAllBytes(), MailRates.class);
            return isLocal && file.isEmpty()
                    ? new MailRates(0, 0, 0, Map.of(), rates.throttled())
                    : rates;
        } catch (IOException e) {
            throw new UncheckedIOException("the rates of mail cannot be read", e);
        }
    }

    private static InputStream ours() {
        InputStream in = MailRates.class.getResourceAsStream(OURS);
        if (in == null) {
            throw new IllegalStateException(OURS + " is not in the jar");
        }
        return in;
    }

    double of(Pace pace) {
        return switch (pace.kind()) {
            case RELAY -> relayPerSecond;
            case SHOP -> shopPerSecond;
            case DOMAIN -> domains.getOrDefault(pace.name(), domainPerSecond);
        };
    }

    /** The rate of a domain that was slowed, so long after; null when it is as before. */
    @Nullable Double slowed(Pace pace, Slowed slowed, long secondsSince) {
        int doublings = (int) Math.min(30, secondsSince / throttled.forSeconds());
        double now = slowed.perSecond() * Math.pow(2, doublings);
        double usual = of(pace);
        boolean isOver = usual > 0 ? now >= usual : now >= slowed.perSecond() * FREE_AFTER;
        return isOver ? null : now;
    }

    /** What a domain is slowed to that has had this rate; 0: none. */
    double slower(double rate) {
        return rate > 0 ? Math.max(LEAST, rate / 2) : throttled.perSecond();
    }
}
