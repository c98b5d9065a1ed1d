package io.regulars.tenancy.tenants;

import io.regulars.platform.db.ControlDb;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantArchives;
import io.regulars.platform.http.Problem;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.time.Clock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes everything of a shop into one archive. Keys, people and bills are not in it: they belong
 * to this service and not to the shop's data.
 */
public final class ArchiveTenant {

    static final int FORMAT = 1;
    static final String MANIFEST = "manifest.json";

    private final ControlDb control;
    private final Clock clock;
    private final TenantArchives archives;

    public ArchiveTenant(ControlDb control, Clock clock, TenantArchives archives) {
        this.control = control;
        this.clock = clock;
        this.archives = archives;
    }

    /** What the archive says of itself. */
    record Manifest(
            int format,
            Instant writtenAt,
            String tenant,
            String businessName,
            String country,
            String timeZone,
            String locale,
            String currency,
            Profile profile,
            Map<String, SideManifest> sides) {}

    /** One side in it. */
    record SideManifest(long schemaVersion, Map<String, Long> rows) {}

    /** Writes the archive; the stream stays open. */
    public void write(TenantId id, OutputStream out) throws IOException {
        Tenant tenant =
                control.inTransaction(handle -> new TenantDao(handle).find(id))
                        .orElseThrow(() -> Problem.notFound("shop"));
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
                                        id.toString(),
                                        tenant.businessName(),
                                        tenant.country(),
                                        tenant.zone().getId(),
                                        tenant.locale().toLanguageTag(),
                                        tenant.setup().currency(),
                                        tenant.profile(),
                                        sides))
                        .getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
        zip.finish();
    }
}
