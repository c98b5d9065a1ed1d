package io.regulars.engagement.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A place that webhooks go to.
 *
 * @param version counts what people changed, for If-Match
 */
record Endpoint(
        EndpointId id,
        Config config,
        Secrets secrets,
        Health health,
        int version,
        Instant createdAt,
        Instant updatedAt) {

    static final String ALL = "*";

    /** How long the secret before the last change still signs too. */
    static final Duration OVERLAP = Duration.ofHours(24);

    /** What the shop says of it. */
    record Config(String url, List<String> events, @Nullable String description, boolean enabled) {}

    /** What deliveries are signed with; sealed. */
    record Secrets(String current, @Nullable String previous, @Nullable Instant previousUntil) {

        Secrets replacedBy(String sealed, Instant now) {
            return new Secrets(sealed, current, now.plus(OVERLAP));
        }

        /** All that sign now, the newest first. */
        List<String> valid(Instant now) {
            return previousUntil == null || !now.isBefore(previousUntil)
                    ? List.of(current)
                    : Stream.concat(Stream.of(current), Stream.ofNullable(previous)).toList();
        }

        @Override
        public String toString() {
            return "Secrets";
        }
    }

    /**
     * How it fares.
     *
     * @param failingSince the first of the failures since the last success
     * @param disabledReason why the service switched it off; null where a person did
     * @param untold its owner has yet to be written to
     */
    record Health(@Nullable Instant failingSince, @Nullable String disabledReason, boolean untold) {

        static final Health GOOD = new Health(null, null, false);
    }

    boolean wants(String type) {
        return config.enabled()
                && (config.events().contains(ALL) || config.events().contains(type));
    }

    UUID uuid() {
        return id.uuid();
    }

    Endpoint with(Config changed, Health changedHealth) {
        return new Endpoint(id, changed, secrets, changedHealth, version, createdAt, updatedAt);
    }

    Endpoint with(Secrets changed) {
        return new Endpoint(id, config, changed, health, version, createdAt, updatedAt);
    }

    Endpoint with(Health changed) {
        return with(config, changed);
    }

    /** Switched off by the service. */
    Endpoint disabled(String reason) {
        return with(
                new Config(config.url(), config.events(), config.description(), false),
                new Health(health.failingSince(), reason, true));
    }
}
