package io.regulars.tenancy.tenants;

import io.regulars.platform.db.ControlDb;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantArchives;
import io.regulars.platform.db.TenantSchemas;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.ids.Tokens;
import io.regulars.platform.secrets.SecretText;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.access.ApiKeyDao;
import io.regulars.tenancy.access.Passwords;
import io.regulars.tenancy.access.Role;
import io.regulars.tenancy.access.Scope;
import io.regulars.tenancy.access.UserDao;
import io.regulars.tenancy.audit.AuditDao;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Makes a new shop of an archive. Nobody sees it before all of it is there; what a crash leaves
 * behind is a shop that was never shown. An owner without an account gets one whose password nobody
 * knows, and sets one by mail.
 */
public final class RestoreTenant {

    private static final int NOBODYS_PASSWORD = 40;

    private final ControlDb control;
    private final Clock clock;
    private final TenantArchives archives;
    private final TenantSchemas schemas;
    private final SpareSchemas spares;

    public RestoreTenant(
            ControlDb control,
            Clock clock,
            TenantArchives archives,
            TenantSchemas schemas,
            SpareSchemas spares) {
        this.control = control;
        this.clock = clock;
        this.archives = archives;
        this.schemas = schemas;
        this.spares = spares;
    }

    /** The new shop and what opens it. */
    public record Restored(TenantId tenant, ApiKeyDao.Issued liveKey, ApiKeyDao.Issued testKey) {}

    /**
     * Restores the archive.
     *
     * @param owner the e-mail address of whoever shall own the shop
     */
    public Restored handle(Path file, String owner) throws IOException {
        try (ZipFile archive = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            ArchiveTenant.Manifest manifest = manifest(archive);
            check(manifest);
            String nobodys =
                    new Passwords(Passwords.MEMORY_KIB)
                            .hash(new SecretText(Tokens.base62(NOBODYS_PASSWORD)));
            TenantId id = founded(manifest, owner.strip().toLowerCase(Locale.ROOT), nobodys);
            for (Side side : Side.values()) {
                if (manifest.sides().containsKey(side.key())) {
                    Tenant tenant =
                            control.inTransaction(
                                    handle -> new TenantDao(handle).find(id).orElseThrow());
                    archives.read(tenant.side(side).orElseThrow().name(), archive, side.key());
                }
            }
            return control.inTransaction(handle -> {
                TenantDao tenants = new TenantDao(handle);
                for (Side side : Side.values()) {
                    if (manifest.sides().containsKey(side.key())) {
                        tenants.setPrepared(id, side, clock.now());
                    }
                }
                ApiKeyDao keys = new ApiKeyDao(handle);
                return new Restored(
                        id,
                        keys.issue(id, Side.LIVE, Scope.ADMIN, "Restore", clock.now()),
                        keys.issue(id, Side.TEST, Scope.ADMIN, "Restore", clock.now()));
            });
        }
    }

    private TenantId founded(ArchiveTenant.Manifest manifest, String owner, String nobodys) {
        ZoneId zone = ZoneId.of(manifest.timeZone());
        Locale locale = Locale.forLanguageTag(manifest.locale());
        FoundTenant.Details details =
                new FoundTenant.Details(
                        manifest.businessName(),
                        manifest.country(),
                        zone,
                        locale,
                        manifest.currency(),
                        manifest.preset());
        TenantId id =
                new FoundTenant(spares, clock)
                        .within((handle, found) -> {
                            TenantId made = found.apply(details);
                            TenantDao tenants = new TenantDao(handle);
                            tenants.change(made, manifest.profile(), zone, locale, clock.now());
                            restrain(tenants, made, manifest.restraint());
                            new AuditDao(handle)
                                    .note(
                                            made,
                                            "tenant.restored",
                                            made.toString(),
                                            Map.of(),
                                            Map.of("from", manifest.tenant()),
                                            clock.now());
                            UserDao users = new UserDao(handle);
                            users.join(
                                    made,
                                    users.findOrCreate(owner, nobodys, clock.now()),
                                    Role.OWNER,
                                    clock.now());
                            return made;
                        });
        if (manifest.sides().containsKey(Side.TEST.key())) {
            spares.claiming((handle, claim) -> {
                new TenantDao(handle).setTestSchema(id, claim.get());
                return id;
            });
        }
        return id;
    }

    /** What kept the first shop's mail back keeps back this one's. */
    private void restrain(TenantDao tenants, TenantId id, ArchiveTenant.Restraint restraint) {
        tenants.setSending(id, restraint.sendingStopped(), clock.now());
        if (restraint.heldBecause() != null) {
            tenants.setHold(id, restraint.heldBecause(), clock.now());
        }
        if (restraint.disposableSignup()) {
            tenants.setDisposableSignup(id);
        }
    }

    private static ArchiveTenant.Manifest manifest(ZipFile archive) throws IOException {
        ZipEntry entry =
                Optional.ofNullable(archive.getEntry(ArchiveTenant.MANIFEST))
                        .orElseThrow(
                                () -> new IOException("this is no archive of a shop: no manifest"));
        try (InputStream in = archive.getInputStream(entry)) {
            return Json.read(
                    new String(in.readAllBytes(), StandardCharsets.UTF_8),
                    ArchiveTenant.Manifest.class);
        }
    }

    private void check(ArchiveTenant.Manifest manifest) {
        boolean sameTables =
                manifest.sides().values().stream()
                        .allMatch(side -> side.schemaVersion() == schemas.latestVersion());
        if (manifest.format() != ArchiveTenant.FORMAT || !sameTables) {
            throw new IllegalArgumentException(
                    "this archive was written by another release; restore it with that one and upgrade then");
        }
    }
}
