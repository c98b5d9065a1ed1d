package io.regulars.engagement.mail;

import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Page;
import io.regulars.platform.http.PageRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The addresses to which nothing is sent, within the caller's transaction. */
final class Suppressions {

    static final String HARD_BOUNCE = "hard_bounce";
    static final String COMPLAINT = "complaint";
    static final String MANUAL = "manual";

    private final TenantTx tx;

    Suppressions(TenantTx tx) {
        this.tx = tx;
    }

    /**
     * @param email lower-cased
     */
    record Suppression(String email, String reason, Instant createdAt) {}

    /** In the order of their addresses. */
    Page<Suppression> page(PageRequest page) {
        return page.page(
                tx.query(
                                """
                                select email, reason, created_at from <t>.suppression
                                 where email > coalesce(:after::text, '')
                                 order by email limit :limit
                                """)
                        .bind("after", page.after())
                        .bind("limit", page.fetch())
                        .map((row, context) ->
                                new Suppression(
                                        row.getString("email"),
                                        row.getString("reason"),
                                        Rows.instant(row, "created_at")))
                        .list(),
                Suppression::email,
                Function.identity());
    }

    /** Those of these addresses that are on the list. */
    Set<String> among(Collection<String> addresses) {
        return tx.query("select email from <t>.suppression where email = any(:addresses)")
                .bindArray("addresses", String.class, List.copyOf(addresses))
                .mapTo(String.class)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Those that are there stay as they are. */
    void add(Collection<String> addresses, String reason) {
        if (addresses.isEmpty()) {
            return;
        }
        tx.update(
                        """
                        insert into <t>.suppression (email, reason, created_at)
                        select email, :reason, :now from unnest(:addresses) as email
                        on conflict (email) do nothing
                        """)
                .bindArray("addresses", String.class, List.copyOf(Set.copyOf(addresses)))
                .bind("reason", reason)
                .bind("now", tx.now())
                .execute();
    }

    /** Adding one that is there changes nothing. */
    Suppression add(String email) {
        String address = email.strip().toLowerCase(Locale.ROOT);
        add(List.of(address), MANUAL);
        return find(address).orElseThrow();
    }

    /** Whether there was one. */
    boolean remove(String email) {
        return tx.update("delete from <t>.suppression where email = :email")
                        .bind("email", email.strip().toLowerCase(Locale.ROOT))
                        .execute()
                > 0;
    }

    private Optional<Suppression> find(String address) {
        return tx.query(
                        "select email, reason, created_at from <t>.suppression where email = :email")
                .bind("email", address)
                .map((row, context) ->
                        new Suppression(
                                row.getString("email"),
                                row.getString("reason"),
                                Rows.instant(row, "created_at")))
                .findOne();
    }
}
