package io.regulars.engagement.webhooks;

import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.ids.TenantId;
import io.regulars.tenancy.accountmail.Letter;
import io.regulars.tenancy.tenants.Tenant;
import io.regulars.tenancy.tenants.TenantDirectory;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The mail about an endpoint that the service switched off. Nothing is written of one that is on
 * again, or gone, when the mail is about to leave.
 */
final class EndpointDisabledLetter implements Letter {

    static final String TEMPLATE = "webhook_disabled";

    private static final Map<String, String> SERVICE = Map.of("name", "Regulars");
    private static final Map<String, String> SENDER = Map.of("legal_name", "Regulars");

    private final TenantDb tenants;
    private final TenantDirectory directory;

    EndpointDisabledLetter(TenantDb tenants, TenantDirectory directory) {
        this.tenants = tenants;
        this.directory = directory;
    }

    static String subject(TenantId tenant, EndpointId endpoint) {
        return tenant + " " + endpoint;
    }

    @Override
    public String template() {
        return TEMPLATE;
    }

    @Override
    public Optional<Content> content(String recipient, @Nullable String subject) {
        String both = Optional.ofNullable(subject).orElse("");
        int blank = both.indexOf(' ');
        if (blank < 0) {
            return Optional.empty();
        }
        return TenantId.parse(both.substring(0, blank))
                .flatMap(directory::tenant)
                .flatMap(tenant ->
                        EndpointId.parse(both.substring(blank + 1))
                                .flatMap(id -> endpoint(tenant, id))
                                .map(endpoint -> content(tenant, endpoint)));
    }

    private Optional<Endpoint> endpoint(Tenant tenant, EndpointId id) {
        return directory
                .find(tenant.id(), Side.LIVE)
                .flatMap(side -> tenants.inTransaction(side, tx -> new EndpointDao(tx).find(id)))
                .filter(endpoint -> endpoint.health().disabledReason() != null);
    }

    private static Content content(Tenant tenant, Endpoint endpoint) {
        // The host alone: the rest of an address may hold a password.
        String host = URI.create(endpoint.config().url()).getHost();
        return new Content(
                tenant.locale(),
                Map.of(
                        "brand",
                        SERVICE,
                        "sender",
                        SENDER,
                        "shop",
                        tenant.businessName(),
                        "host",
                        host,
                        "endpoint",
                        endpoint.id().toString(),
                        "why",
                        why(endpoint, tenant.locale())));
    }

    private static String why(Endpoint endpoint, Locale locale) {
        boolean gone = "gone".equals(endpoint.health().disabledReason());
        if (locale.getLanguage().equals("vi")) {
            return gone
                    ? "Nơi nhận trả lời rằng không còn nhận webhook nữa (410 Gone)."
                    : "Suốt ba ngày qua, nơi nhận không nhận được webhook nào.";
        }
        return gone
                ? "It answered that it does not want them any more (410 Gone)."
                : "For three days it has not taken a single one.";
    }
}
