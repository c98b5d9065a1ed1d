package io.regulars;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.core.Configuration;
import io.dropwizard.util.Duration;
import io.regulars.platform.secrets.SecretText;
import io.regulars.tenancy.access.Passwords;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * {@code app/config/regulars.yml}, which explains each value. Empty texts stand for absent ones.
 */
public final class Settings extends Configuration {

    /** How the database is reached and used. */
    public record Database(
            String url,
            String appUrl,
            int poolSize,
            int statementCache,
            Duration maxConnectionAge,
            boolean tenantRoles,
            int spareSchemas) {

        @Override
        public String toString() {
            return "database settings";
        }
    }

    /**
     * How mail leaves.
     *
     * @param firstSends advertising that a new shop may send on its first day, 0 for no limit;
     *     empty: the usual, where a relay is named
     */
    public record Mail(
            String smtpUrl,
            String from,
            Duration lease,
            int inboundPort,
            @Pattern(regexp = "\\d{0,9}") String firstSends,
            SecretText mailgunKey,
            String sendgridKey,
            String ratesFile) {

        @Override
        public String toString() {
            return "mail settings";
        }
    }

    /** What must not be logged, and what guessing passwords is to cost. */
    public record Secrets(SecretText key, @Min(64) @Max(1024 * 1024) int passwordMemoryKib) {}

    /**
     * Whom shops may have us connect to, and whose word we take on where requests come from.
     *
     * @param trustedProxies addresses and networks, comma separated
     * @param dnsResolver who is asked about shops' domains; empty: the machine's
     */
    public record Network(boolean allowPrivateTargets, String trustedProxies, String dnsResolver) {}

    /**
     * What shops may use, and what they pay.
     *
     * @param stripeKey empty: nothing is to be paid, and plans limit nobody
     */
    public record Billing(
            SecretText stripeKey,
            SecretText webhookSecret,
            String apiBase,
            String plansFile,
            int requestsPerSecond,
            int strangerRequestsPerSecond) {

        public boolean isOn() {
            return !stripeKey.value().isEmpty();
        }
    }

    /** For how long things are kept. */
    public record Retention(
            Duration events,
            Duration messages,
            Duration webhookDeliveries,
            Duration audit,
            Duration stripeEvents) {}

    /** The heartbeat. */
    public record Jobs(Duration tick, Duration laneLease) {}

    @JsonProperty private @NotNull String publicUrl = "";
    @JsonProperty private @NotNull String dataDir = "./var";

    @JsonProperty
    private @Valid @NotNull Database database =
            new Database("", "", 12, 2048, Duration.minutes(20), true, 4);

    @JsonProperty
    private @Valid @NotNull Mail mail =
            new Mail(
                    "",
                    "regulars@localhost.localdomain",
                    Duration.minutes(5),
                    0,
                    "",
                    new SecretText(""),
                    "",
                    "");

    @JsonProperty
    private @Valid @NotNull Secrets secrets = new Secrets(new SecretText(""), Passwords.MEMORY_KIB);

    @JsonProperty
    private @Valid @NotNull Jobs jobs = new Jobs(Duration.minutes(1), Duration.seconds(60));

    @JsonProperty private @Valid @NotNull Network network = new Network(false, "", "");

    @JsonProperty
    private @Valid @NotNull Billing billing =
            new Billing(new SecretText(""), new SecretText(""), "", "", 1000, 50);

    @JsonProperty
    private @Valid @NotNull Retention retention =
            new Retention(
                    Duration.days(400),
                    Duration.days(400),
                    Duration.days(30),
                    Duration.days(730),
                    Duration.days(90));

    @JsonProperty private @NotNull String clockStart = "";
    @JsonProperty private @NotNull String bind = "127.0.0.1";
    @JsonProperty private int port = 8080;
    @JsonProperty private int adminPort = 8081;

    public String publicUrl() {
        return publicUrl.isEmpty() ? "http://localhost:" + port : publicUrl;
    }

    public String dataDir() {
        return dataDir;
    }

    public Database database() {
        return database;
    }

    public Mail mail() {
        return mail;
    }

    public Secrets secrets() {
        return secrets;
    }

    public Jobs jobs() {
        return jobs;
    }

    public Network network() {
        return network;
    }

    public Billing billing() {
        return billing;
    }

    public Retention retention() {
        return retention;
    }

    public String clockStart() {
        return clockStart;
    }

    public int port() {
        return port;
    }

    public int adminPort() {
        return adminPort;
    }

    public String bind() {
        return bind;
    }
}
