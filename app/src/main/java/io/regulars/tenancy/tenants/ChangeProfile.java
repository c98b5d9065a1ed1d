package io.regulars.tenancy.tenants;

import io.regulars.platform.db.ControlDb;
import io.regulars.platform.http.IfMatch;
import io.regulars.platform.http.Problem;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.audit.AuditDao;
import io.regulars.tenancy.forms.Form;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Changes what a shop says of itself. A field that is absent stays; an empty text clears it. */
public final class ChangeProfile {

    private final ControlDb control;
    private final Clock clock;
    private final TenantDirectory directory;

    public ChangeProfile(ControlDb control, Clock clock, TenantDirectory directory) {
        this.control = control;
        this.clock = clock;
        this.directory = directory;
    }

    /** The body of {@code PATCH /v1/tenant}. */
    public record TenantChange(
            @Nullable String legalName,
            @Nullable String postalAddress,
            @Nullable String phone,
            @Nullable String email,
            @Nullable String website,
            @Nullable String senderName,
            @Nullable String locale,
            @Nullable String timeZone) {}

    Tenant handle(TenantId id, TenantChange change, IfMatch ifMatch) {
        Tenant changed =
                control.inTransaction(handle -> {
                    TenantDao tenants = new TenantDao(handle);
                    Tenant tenant = tenants.lock(id).orElseThrow(() -> Problem.notFound("shop"));
                    ifMatch.check(tenant.version(), "profile");
                    write(new AuditDao(handle), tenants, tenant, change);
                    return tenants.find(id).orElseThrow();
                });
        directory.forget(id);
        return changed;
    }

    private void write(AuditDao audit, TenantDao tenants, Tenant tenant, TenantChange change) {
        Form form = new Form();
        Profile profile = profile(form, tenant.profile(), change);
        Locale locale =
                change.locale() == null ? tenant.locale() : form.locale("/locale", change.locale());
        ZoneId zone =
                change.timeZone() == null
                        ? tenant.zone()
                        : form.zone("/time_zone", change.timeZone());
        form.check();
        if (profile.equals(tenant.profile())
                && zone.equals(tenant.zone())
                && locale.equals(tenant.locale())) {
            return;
        }
        tenants.change(tenant.id(), profile, zone, locale, clock.now());
        audit.note(
                tenant.id(),
                "tenant.changed",
                tenant.id().toString(),
                shown(tenant.profile(), tenant.zone(), tenant.locale()),
                shown(profile, zone, locale),
                clock.now());
    }

    private static Map<String, Object> shown(Profile profile, ZoneId zone, Locale locale) {
        return Map.of(
                "profile", profile, "time_zone", zone.getId(), "locale", locale.toLanguageTag());
    }

    private static Profile profile(Form form, Profile old, TenantChange change) {
        return new Profile(
                field(change.legalName(), old.legalName(), v -> form.line("/legal_name", v, 200)),
                field(
                        change.postalAddress(),
                        old.postalAddress(),
                        v -> form.text("/postal_address", v, 500)),
                field(change.email(), old.email(), v -> form.email("/email", v)),
                field(change.phone(), old.phone(), v -> form.phone("/phone", v)),
                field(change.website(), old.website(), v -> form.website("/website", v)),
                field(
                        change.senderName(),
                        old.senderName(),
                        v -> form.line("/sender_name", v, 100)));
    }

    private static @Nullable String field(
            @Nullable String change, @Nullable String old, UnaryOperator<String> reader) {
        if (change == null) {
            return old;
        }
        return change.isBlank() ? null : reader.apply(change);
    }
}
