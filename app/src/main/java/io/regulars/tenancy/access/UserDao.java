package io.regulars.tenancy.access;

import io.regulars.platform.ids.TenantId;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Rows of {@code control.app_user} and {@code control.membership}. */
public final class UserDao {

    /** Forgets people who belong to no shop, such as those who were sent away; answers how many. */
    public int forgetStrangers(Instant madeBefore) {
        return handle.createUpdate(
                        """
                        delete from control.app_user u
                         where u.created_at < :before
                           and not exists (select from control.membership m where m.user_id = u.id)
                           and not exists (select from control.session s where s.user_id = u.id)
                        """)
                .bind("before", madeBefore)
                .execute();
    }

    private static final int PRINT_BYTES = 8;

    private final Handle handle;

    public UserDao(Handle control) {
        this.handle = control;
    }

    /** A person, with the hash of their password. */
    public record User(UserId id, String email, String passwordHash) {

        /** Tells whether address and password are still what they were. */
        public String print() {
            return HexFormat.of().formatHex(Sha256.of(email + " " + passwordHash), 0, PRINT_BYTES);
        }

        @Override
        public String toString() {
            return "User[" + id + "]";
        }
    }

    /** A shop that a user belongs to and that is not deleted. */
    record Shop(TenantId id, String businessName, Locale locale) {}

    /** The user of this address: as they are, or new with this password. */
    public UserId findOrCreate(String email, String passwordHash, Instant now) {
        handle.createUpdate(
                        """
                        insert into control.app_user (id, email, password_hash, created_at)
                        values (:id, :email, :hash, :now)
                        on conflict (email) do nothing
                        """)
                .bind("id", UserId.next().uuid())
                .bind("email", email)
                .bind("hash", passwordHash)
                .bind("now", now)
                .execute();
        return findByEmail(email).orElseThrow().id();
    }

    public void join(TenantId tenant, UserId user, Role role, Instant now) {
        handle.createUpdate(
                        """
                        insert into control.membership (tenant_id, user_id, role, created_at)
                        values (:tenant, :user, :role, :now)
                        """)
                .bind("tenant", tenant.uuid())
                .bind("user", user.uuid())
                .bind("role", role.key())
                .bind("now", now)
                .execute();
    }

    /** Who signed the shop up. */
    public Optional<UserId> firstOwner(TenantId tenant) {
        return handle.createQuery(
                        """
                        select user_id from control.membership
                         where tenant_id = :tenant and role = 'owner'
                         order by created_at, user_id
                         limit 1
                        """)
                .bind("tenant", tenant.uuid())
                .mapTo(UUID.class)
                .findOne()
                .map(UserId::new);
    }

    /** The addresses of those who own the shop. */
    List<String> owners(TenantId tenant) {
        return handle.createQuery(
                        """
                        select u.email
                          from control.membership m
                          join control.app_user u on u.id = m.user_id
                         where m.tenant_id = :tenant and m.role = 'owner'
                         order by m.created_at, u.id
                        """)
                .bind("tenant", tenant.uuid())
                .mapTo(String.class)
                .list();
    }

    public Optional<User> findByEmail(String email) {
        return handle.createQuery(
                        "select id, email, password_hash from control.app_user where email = :email")
                .bind("email", email)
                .map((row, ctx) ->
                        new User(
                                new UserId(row.getObject("id", UUID.class)),
                                row.getString("email"),
                                row.getString("password_hash")))
                .findOne();
    }

    public Optional<User> find(UserId id) {
        return handle.createQuery(
                        "select id, email, password_hash from control.app_user where id = :id")
                .bind("id", id.uuid())
                .map((row, ctx) ->
                        new User(id, row.getString("email"), row.getString("password_hash")))
                .findOne();
    }

    public void setEmail(UserId id, String email) {
        handle.createUpdate("update control.app_user set email = :email where id = :id")
                .bind("email", email)
                .bind("id", id.uuid())
                .execute();
    }

    /** The language to write to the user in: that of their first shop. */
    public Locale locale(UserId id) {
        return shops(id).stream().map(Shop::locale).findFirst().orElse(Locale.ENGLISH);
    }

    public Optional<User> lock(UserId id) {
        return handle.createQuery(
                        "select id, email, password_hash from control.app_user where id = :id for update")
                .bind("id", id.uuid())
                .map((row, ctx) ->
                        new User(id, row.getString("email"), row.getString("password_hash")))
                .findOne();
    }

    void setPassword(UserId id, String passwordHash) {
        handle.createUpdate("update control.app_user set password_hash = :hash where id = :id")
                .bind("hash", passwordHash)
                .bind("id", id.uuid())
                .execute();
    }

    /** The user's shops, the longest-held first. */
    List<Shop> shops(UserId user) {
        return handle.createQuery(
                        """
                        select t.id, t.business_name, t.locale
                          from control.membership m
                          join control.tenant t on t.id = m.tenant_id
                         where m.user_id = :user and t.state <> 'deleted'
                         order by t.state = 'suspended', m.created_at, t.id
                        """)
                .bind("user", user.uuid())
                .map((row, ctx) ->
                        new Shop(
                                new TenantId(row.getObject("id", UUID.class)),
                                row.getString("business_name"),
                                Locale.forLanguageTag(row.getString("locale"))))
                .list();
    }
}
