package io.regulars.tenancy.tenants;

import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TenantId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A shop that signed up, as the registry has it.
 *
 * @param sendingStoppedAt since when the shop holds back all its mail
 * @param deletionDueAt when it will be deleted, as an owner asked for
 * @param standing what the operator makes of its mail
 * @param version counts changes
 */
public record Tenant(
        TenantId id,
        TenantState state,
        String businessName,
        String country,
        ZoneId zone,
        Locale locale,
        Profile profile,
        Setup setup,
        SideSchema live,
        @Nullable SideSchema test,
        @Nullable Instant sendingStoppedAt,
        @Nullable Instant deletionDueAt,
        Standing standing,
        int version,
        Instant createdAt) {

    /**
     * The schema of one side.
     *
     * @param version of its tables
     * @param prepared whether it has its first program
     */
    public record SideSchema(String name, long version, boolean prepared) {}

    /**
     * What the operator makes of a shop's mail.
     *
     * @param heldBecause why all mail waits until the operator lets it go; null where it does not
     * @param trusted whether it may send as much as its plan says; a new shop proves itself first
     * @param disposableSignup whether it was signed up from an address for ten minutes
     */
    public record Standing(
            @Nullable String heldBecause, boolean trusted, boolean disposableSignup) {}

    public Optional<SideSchema> side(Side side) {
        return side == Side.LIVE ? Optional.of(live) : Optional.ofNullable(test);
    }

    /** Whether the shop itself has stopped all mail. */
    public boolean sendingStopped() {
        return sendingStoppedAt != null;
    }

    /** Whether no mail may leave: the shop has stopped it, or the operator holds it. */
    public boolean sendingHalted() {
        return sendingStopped() || standing.heldBecause() != null;
    }

    TenantRef ref(Side side, SideSchema schema) {
        return new TenantRef(id, side, schema.name(), zone, country, locale);
    }
}
