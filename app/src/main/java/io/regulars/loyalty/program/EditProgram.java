package io.regulars.loyalty.program;

import io.regulars.events.Event;
import io.regulars.events.Outbox;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.FieldError;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Draft, publish, look back. */
public final class EditProgram {

    private final TenantDb tenants;
    private final Programs programs;

    public EditProgram(TenantDb tenants, Programs programs) {
        this.tenants = tenants;
        this.programs = programs;
    }

    ProgramHistory.Version published(TenantRef tenant) {
        return tenants.inTransaction(tenant, programs::inForce);
    }

    List<ProgramDao.Publication> publications(TenantRef tenant) {
        return tenants.inTransaction(tenant, tx -> new ProgramDao(tx).publications());
    }

    /** The draft; before anyone wrote one, what is published. */
    ProgramDao.Draft draft(TenantRef tenant) {
        return tenants.inTransaction(tenant, this::draft);
    }

    /**
     * @throws Problem 412 when the draft has been changed since, 422 with a pointer for each thing
     *     that is not right
     */
    ProgramDao.Draft save(TenantRef tenant, Program program, Optional<Integer> expectedVersion) {
        List<FieldError> errors = ProgramCheck.errorsIn(program);
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        return tenants.inTransaction(
                tenant,
                tx -> {
                    ProgramDao.Draft before = draft(tx);
                    if (expectedVersion.isPresent() && expectedVersion.get() != before.version()) {
                        throw Problem.of(
                                ProblemType.PRECONDITION_FAILED,
                                "The draft was changed by someone else; read it again.");
                    }
                    refuseOtherCurrency(tx, program);
                    return new ProgramDao(tx).saveDraft(program);
                });
    }

    /** Makes the draft the next version; it takes effect at once or at a later moment. */
    ProgramDao.Publication publish(
            TenantRef tenant,
            String publishedBy,
            @Nullable String reason,
            @Nullable Instant effectiveAt) {
        return tenants.inTransaction(
                tenant,
                tx -> {
                    Instant effective = effectiveAt == null ? effectiveAtOnce(tx) : effectiveAt;
                    if (effectiveAt != null && effectiveAt.isBefore(tx.now())) {
                        throw Problem.invalid(
                                "/effective_at",
                                "in_the_past",
                                "A program cannot take effect in the past.");
                    }
                    return publish(tx, draft(tx).program(), publishedBy, reason, effective);
                });
    }

    /** Publishes a tenant's very first program, if it has none yet. */
    public void publishFirst(TenantRef tenant, Program program, String publishedBy) {
        tenants.run(
                tenant,
                tx -> {
                    if (new ProgramDao(tx).latestNumber() == 0) {
                        publish(tx, program, publishedBy, null, tx.now());
                    }
                });
    }

    private static ProgramDao.Publication publish(
            TenantTx tx,
            Program program,
            String publishedBy,
            @Nullable String reason,
            Instant effectiveAt) {
        ProgramDao dao = new ProgramDao(tx);
        ProgramDao.Publication publication =
                new ProgramDao.Publication(
                        dao.latestNumber() + 1,
                        program,
                        reason,
                        publishedBy,
                        tx.now(),
                        effectiveAt);
        dao.insert(publication);
        Programs.published(tx);
        Outbox.append(tx, new Event.ProgramPublished(publication.version()));
        return publication;
    }

    /**
     * Now; but while nobody has joined or bought, since the first program took effect. So a shop
     * that publishes its own program before it imports its history has that history earn under it,
     * and not under the one it was born with.
     */
    private Instant effectiveAtOnce(TenantTx tx) {
        boolean untouched =
                tx.query(
                                "select not exists (select from <t>.member) and not exists (select from <t>.purchase)")
                        .mapTo(boolean.class)
                        .one();
        return untouched ? programs.history(tx).versions().getFirst().effectiveAt() : tx.now();
    }

    private ProgramDao.Draft draft(TenantTx tx) {
        return new ProgramDao(tx)
                .draft()
                .orElseGet(() ->
                        new ProgramDao.Draft(
                                programs.history(tx).versions().getLast().program(), 0));
    }

    private void refuseOtherCurrency(TenantTx tx, Program program) {
        String before = programs.history(tx).versions().getLast().program().currency();
        if (before.equals(program.currency())) {
            return;
        }
        boolean sold =
                tx.query("select exists (select from <t>.purchase)").mapTo(boolean.class).one();
        if (sold) {
            throw Problem.invalid(
                    "/currency",
                    "currency_in_use",
                    "There are purchases in " + before + "; the currency stays.");
        }
    }
}
