package io.regulars.loyalty.publishing;

import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Publication;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.TenantTx;
import java.util.Optional;

final class PublishingDao {

    private static final String DRAFT = "program.draft";

    private final TenantTx tx;

    PublishingDao(TenantTx tx) {
        this.tx = tx;
    }

    void insert(Publication publication) {
        tx.update(
                        """
                        insert into <t>.program_version
                               (version, document, reason, published_by, published_at, effective_at)
                        values (:version, :document::jsonb, :reason, :publishedBy, :publishedAt, :effectiveAt)
                        """)
                .bind("version", publication.version())
                .bind("document", Json.write(publication.program()))
                .bind("reason", publication.reason())
                .bind("publishedBy", publication.publishedBy())
                .bind("publishedAt", publication.publishedAt())
                .bind("effectiveAt", publication.effectiveAt())
                .execute();
    }

    Optional<Draft> draft() {
        return tx.query("select value::text, version from <t>.setting where key = :key for update")
                .bind("key", DRAFT)
                .map((row, context) ->
                        new Draft(
                                Json.read(row.getString("value"), Program.class),
                                row.getInt("version")))
                .findOne();
    }

    /**
     * Puts what is published in place of a draft that nobody has written yet. Waits for whoever is
     * just writing it, and leaves theirs.
     */
    void beginDraft(Program published) {
        tx.update(
                        """
                        insert into <t>.setting (key, value, version, updated_at)
                        values (:key, :value::jsonb, 0, :now)
                        on conflict (key) do nothing
                        """)
                .bind("key", DRAFT)
                .bind("value", Json.write(published))
                .bind("now", tx.now())
                .execute();
    }

    Draft saveDraft(Program program) {
        return tx.query(
                        """
                        insert into <t>.setting as s (key, value, version, updated_at)
                        values (:key, :value::jsonb, 1, :now)
                        on conflict (key) do update
                           set value = excluded.value, version = s.version + 1, updated_at = excluded.updated_at
                        returning version
                        """)
                .bind("key", DRAFT)
                .bind("value", Json.write(program))
                .bind("now", tx.now())
                .map((row, context) -> new Draft(program, row.getInt("version")))
                .one();
    }

    boolean hasPurchases() {
        return tx.query("select exists (select from <t>.purchase)").mapTo(boolean.class).one();
    }

    boolean hasMembers() {
        return tx.query("select exists (select from <t>.member)").mapTo(boolean.class).one();
    }
}
