package io.regulars.tenancy.tenants;

import io.regulars.platform.db.ControlDb;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantArchives;
import io.regulars.platform.http.Problem;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.audit.AuditDao;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes everything of a shop into one archive. Keys, people and bills are not in it: they belong
 * to this service and not to the shop's data.
 */
public final class ArchiveTenant {

    static final int FORMAT = 2;
    static final String MANIFEST = "manifest.json";

    private final ControlDb control;
    private final Clock clock;
    private final TenantArchives archives;

    public ArchiveTenant(ControlDb control, Clock clock, TenantArchives archives) {
        this.control = control;
        this.clock = clock;
        this.archives = archives;
    }

    /**
     * What the archive says of itself.
     *
     * @param preset the program that a side begins with when it is first used
     */
    record Manifest(
            int format,
            Instant writtenAt,
            String tenant,
            String businessName,
            String country,
            String timeZone,
            String locale,
            String currency,
            @Nullable String preset,
            Profile profile,
            Restraint restraint,
            Map<String, SideManifest> sides) {}

    /**
     * What keeps mail from leaving, besides what stands in the shop's own schema. A shop that had
     * stopped must not begin to write because it was restored. That the operator trusts a shop is
     * not in it: the file passes through the shop's hands, and trust is earned here.
     *
     * @param heldBecause the operator's word; null where the operator does not hold the mail
     */
    record Restraint(
            boolean sendingStopped, @Nullable String heldBecause, boolean disposableSignup) {

        static Restraint of(Tenant tenant) {
            return new Restraint(
                    tenant.sendingStopped(),
                    tenant.standing().heldBecause(),
                    tenant.standing().disposableSignup());
        }
    }

    /** One side in it. */
    record SideManifest(long schemaVersion, Map<String, Long> rows) {}

    /** What writes the archive; the stream stays open. */
    @FunctionalInterface
    public interface Archive {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Answers the archive of a shop; that somebody asked for it stands in the shop's audit log. */
    public Archive of(TenantId id) {
        Tenant tenant =
                control.inTransaction(handle -> {
                    Tenant found =
                            new TenantDao(handle)
                                    .find(id)
                                    .orElseThrow(() -> Problem.notFound("shop"));
                    new AuditDao(handle)
                            .note(
                                    id,
                                    "tenant.exported",
                                    id.toString(),
                                    Map.of(),
                                    Map.of(),
                                    clock.now());
                    return found;
                });
        return out -> write(tenant, out);
    }

    private void write(Tenant tenant, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        Map<String, SideManifest> sides = new LinkedHashMap<>();
        for (Side side : Side.values()) {
            tenant.side(side)
                    .filter(Tenant.SideSchema::prepared)
                    .ifPresent(schema ->
                            sides.put(
                                    side.key(),
                                    new SideManifest(
                                            schema.version(),
                                            archives.write(
                                                    tenant.ref(side, schema), zip, side.key()))));
        }
        zip.putNextEntry(new ZipEntry(MANIFEST));
        zip.write(
                Json.write(
                                new Manifest(
                                        FORMAT,
                                        clock.now(),
                                        tenant.id().toString(),
                                        tenant.businessName(),
                                        tenant.country(),
                                        tenant.zone().getId(),
                                        tenant.locale().toLanguageTag(),
                                        tenant.setup().currency(),
                                        tenant.setup().preset(),
                                        tenant.profile(),
                                        Restraint.of(tenant),
                                        sides))
                        .getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
        zip.finish();
    }
}
