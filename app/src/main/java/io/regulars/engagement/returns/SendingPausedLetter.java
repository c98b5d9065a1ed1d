package io.regulars.engagement.returns;

import io.regulars.platform.ids.TenantId;
import io.regulars.tenancy.accountmail.Letter;
import io.regulars.tenancy.tenants.Tenant;
import io.regulars.tenancy.tenants.TenantDirectory;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The mail about a shop whose mail was stopped, because too much of it came back. */
final class SendingPausedLetter implements Letter {

    static final String TEMPLATE = "sending_paused";

    private static final Map<String, String> SERVICE = Map.of("name", "Regulars");
    private static final Map<String, String> SENDER = Map.of("legal_name", "Regulars");

    private final TenantDirectory directory;

    SendingPausedLetter(TenantDirectory directory) {
        this.directory = directory;
    }

    @Override
    public String template() {
        return TEMPLATE;
    }

    @Override
    public Optional<Content> content(String recipient, @Nullable String subject) {
        return Optional.ofNullable(subject)
                .flatMap(TenantId::parse)
                .flatMap(directory::tenant)
                // Who has let mail go again meanwhile knows.
                .filter(Tenant::sendingStopped)
                .map(tenant ->
                        new Content(
                                tenant.locale(),
                                Map.of(
                                        "brand",
                                        SERVICE,
                                        "sender",
                                        SENDER,
                                        "shop",
                                        tenant.businessName())));
    }
}
