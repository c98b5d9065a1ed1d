package io.regulars.loyalty.publishing;

import io.regulars.events.Audit;
import io.regulars.loyalty.presets.Presets;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.ProgramHistory;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.program.Publication;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.FieldError;
import io.regulars.platform.http.IfMatch;
import io.regulars.platform.http.Problem;
import java.util.List;
import java.util.Optional;

/** The draft, and the look back at what was published. */
public final class EditProgram {

    private final TenantDb tenants;
    private final Programs programs;
    private final Presets presets;
    private final Standing standing;

    public EditProgram(
            TenantDb tenants, Programs programs, Presets presets, RewardsInUse rewardsInUse) {
        this.tenants = tenants;
        this.programs = programs;
        this.presets = presets;
        this.standing = new Standing(programs, rewardsInUse);
    }

    ProgramHistory.Version published(TenantRef tenant) {
        return tenants.inTransaction(tenant, programs::inForce);
    }

    List<Publication> publications(TenantRef tenant) {
        return tenants.inTransaction(tenant, Programs::publications);
    }

    /**
     * @throws Problem 404 for a version that there is not
     */
    Publication publication(TenantRef tenant, String version) {
        return publications(tenant).stream()
                .filter(p -> Integer.toString(p.version()).equals(version))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("version"));
    }

    /** The draft; before anyone wrote one, what is published. */
    Draft draft(TenantRef tenant) {
        return tenants.inTransaction(tenant, tx -> draft(tx, programs));
    }

    /**
     * @throws Problem 412 when the draft has been changed since, 422 with a pointer for each thing
     *     that is not right
     */
    Draft save(TenantRef tenant, Program program, IfMatch ifMatch) {
        List<FieldError> errors = ProgramCheck.errorsIn(program);
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        return tenants.inTransaction(
                tenant,
                tx -> {
                    Draft before = lockDraft(tx);
                    ifMatch.check(before.version(), "draft");
                    standing.check(tx, program);
                    Audit.note(tx, "program.draft_changed", "draft", before.program(), program);
                    return new PublishingDao(tx).saveDraft(program);
                });
    }

    /**
     * Makes an earlier version the draft.
     *
     * @throws Problem 404 for a version that there is not, 422 where it no longer fits
     */
    Draft restore(TenantRef tenant, String version) {
        return save(tenant, publication(tenant, version).program(), IfMatch.of(null));
    }

    /**
     * Makes a preset the draft, in the currency that the shop has now.
     *
     * @throws Problem 422 {@code unknown_preset}
     */
    Draft fromPreset(TenantRef tenant, String preset) {
        String currency = draft(tenant).program().currency();
        Program program =
                presets.in(preset, currency)
                        .orElseThrow(() ->
                                Problem.invalid(
                                        "/preset",
                                        "unknown_preset",
                                        "There is no preset "
                                                + preset
                                                + "; GET /v1/presets lists them."));
        return save(tenant, program, IfMatch.of(null));
    }

    /**
     * Makes what is published on the test side the draft.
     *
     * @param test the shop's test side
     */
    Draft fromTest(TenantRef tenant, TenantRef test) {
        return save(
                tenant,
                tenants.inTransaction(
                        test, tx -> programs.history(tx).versions().getLast().program()),
                IfMatch.of(null));
    }

    /** Nobody else saves it before this transaction ends, be it the first one or not. */
    private Draft lockDraft(TenantTx tx) {
        PublishingDao dao = new PublishingDao(tx);
        Optional<Draft> there = dao.draft();
        if (there.isPresent()) {
            return there.get();
        }
        dao.beginDraft(draft(tx, programs).program());
        return dao.draft().orElseThrow();
    }

    static Draft draft(TenantTx tx, Programs programs) {
        return new PublishingDao(tx)
                .draft()
                .orElseGet(() -> new Draft(programs.history(tx).versions().getLast().program(), 0));
    }
}
