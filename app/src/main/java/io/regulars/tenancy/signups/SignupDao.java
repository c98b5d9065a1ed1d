package io.regulars.tenancy.signups;

import io.regulars.platform.ids.TenantId;
import io.regulars.tenancy.tenants.FoundTenant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Rows of {@code control.signup}. */
public final class SignupDao {

    private static final String SELECT =
            """
            select id, email, password_hash, business_name, country, time_zone, locale, currency, preset, expires_at,
                   tenant_id, verified_at
              from control.signup
             where id = :id
            """;

    private final Handle handle;

    public SignupDao(Handle control) {
        this.handle = control;
    }

    record Signup(
            SignupId id,
            String email,
            @Nullable String passwordHash,
            FoundTenant.Details details,
            Instant expiresAt,
            @Nullable TenantId tenant,
            boolean verified) {
        @Override
        public String toString() {
            return "Signup[" + id + "]";
        }
    }

    void insert(Signup signup, Instant now) {
        FoundTenant.Details details = signup.details();
        handle.createUpdate(
                        """
                        insert into control.signup
                               (id, email, password_hash, business_name, country, time_zone, locale, currency, preset,
                                created_at, expires_at)
                        values (:id, :email, :hash, :name, :country, :zone, :locale, :currency, :preset, :now, :expires)
                        """)
                .bind("id", signup.id().uuid())
                .bind("email", signup.email())
                .bind("hash", signup.passwordHash())
                .bind("name", details.businessName())
                .bind("country", details.country())
                .bind("zone", details.zone().getId())
                .bind("locale", details.locale().toLanguageTag())
                .bind("currency", details.currency())
                .bind("preset", details.preset())
                .bind("now", now)
                .bind("expires", signup.expiresAt())
                .execute();
    }

    Optional<Signup> find(SignupId id) {
        return one(SELECT, id);
    }

    /** The same, held until the end of the transaction. */
    Optional<Signup> lock(SignupId id) {
        return one(SELECT + " for update", id);
    }

    void setTenant(SignupId id, TenantId tenant) {
        handle.createUpdate("update control.signup set tenant_id = :tenant where id = :id")
                .bind("tenant", tenant.uuid())
                .bind("id", id.uuid())
                .execute();
    }

    void setVerified(SignupId id, Instant now) {
        handle.createUpdate(
                        "update control.signup set verified_at = :now, password_hash = null where id = :id")
                .bind("now", now)
                .bind("id", id.uuid())
                .execute();
    }

    /** Forgets signups that nobody verified; answers how many. */
    public int forget(Instant expiredBefore) {
        return handle.createUpdate(
                        """
                        delete from control.signup
                         where expires_at < :before and verified_at is null and tenant_id is null
                        """)
                .bind("before", expiredBefore)
                .execute();
    }

    private Optional<Signup> one(String sql, SignupId id) {
        return handle.createQuery(sql)
                .bind("id", id.uuid())
                .map((row, ctx) -> signup(row))
                .findOne();
    }

    private static Signup signup(ResultSet row) throws SQLException {
        UUID tenant = row.getObject("tenant_id", UUID.class);
        return new Signup(
                new SignupId(row.getObject("id", UUID.class)),
                row.getString("email"),
                row.getString("password_hash"),
                new FoundTenant.Details(
                        row.getString("business_name"),
                        row.getString("country"),
                        ZoneId.of(row.getString("time_zone")),
                        Locale.forLanguageTag(row.getString("locale")),
                        row.getString("currency"),
                        row.getString("preset")),
                row.getTimestamp("expires_at").toInstant(),
                tenant == null ? null : new TenantId(tenant),
                row.getTimestamp("verified_at") != null);
    }
}
