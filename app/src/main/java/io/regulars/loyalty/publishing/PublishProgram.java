package io.regulars.loyalty.publishing;

import io.regulars.events.Audit;
import io.regulars.events.Event;
import io.regulars.events.Outbox;
import io.regulars.loyalty.law.Announcement;
import io.regulars.loyalty.law.Doubt;
import io.regulars.loyalty.law.LegalDoubts;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.program.Publication;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Problem;
import io.regulars.platform.ids.TenantId;
import io.regulars.tenancy.tenants.Profile;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the draft the next version; it takes effect at once or at a later moment. */
public final class PublishProgram {

    private final TenantDb tenants;
    private final Programs programs;
    private final Standing standing;
    private final Function<TenantId, Profile> profiles;
    private final LegalDoubts legalDoubts = new LegalDoubts();

    /**
     * @param profiles how a shop presents itself
     */
    public PublishProgram(
            TenantDb tenants,
            Programs programs,
            RewardsInUse rewardsInUse,
            Function<TenantId, Profile> profiles) {
        this.tenants = tenants;
        this.programs = programs;
        this.standing = new Standing(programs, rewardsInUse);
        this.profiles = profiles;
    }

    /** A new version and what may be wrong with it in law. */
    record Outcome(Publication publication, List<Doubt> doubts) {}

    /**
     * @throws Problem 422 for a moment that has passed, and for what has come between draft and
     *     publication
     */
    Outcome handle(
            TenantRef tenant,
            String publishedBy,
            @Nullable String reason,
            @Nullable Instant effectiveAt) {
        Profile profile = profiles.apply(tenant.id());
        return tenants.inTransaction(
                tenant,
                tx -> {
                    if (effectiveAt != null && effectiveAt.isBefore(tx.now())) {
                        throw Problem.invalid(
                                "/effective_at",
                                "in_the_past",
                                "A program cannot take effect in the past.");
                    }
                    Program program = EditProgram.draft(tx, programs).program();
                    standing.check(tx, program);
                    standing.checkEffective(tx, program, effectiveAt);
                    PublishingDao dao = new PublishingDao(tx);
                    boolean untouched = !dao.hasMembers() && !dao.hasPurchases();
                    Program before = programs.history(tx).versions().getLast().program();
                    Instant effective =
                            effectiveAt == null ? effectiveAtOnce(tx, untouched) : effectiveAt;
                    Publication publication = add(tx, program, publishedBy, reason, effective);
                    Audit.note(
                            tx,
                            "program.published",
                            "version " + publication.version(),
                            before,
                            program);
                    return new Outcome(
                            publication,
                            legalDoubts.about(
                                    program,
                                    new Announcement(
                                            tenant.country(),
                                            profile,
                                            untouched ? null : before,
                                            reason,
                                            tx.now(),
                                            effective)));
                });
    }

    static Publication add(
            TenantTx tx,
            Program program,
            String publishedBy,
            @Nullable String reason,
            Instant effectiveAt) {
        Publication publication =
                new Publication(
                        Programs.latestNumber(tx) + 1,
                        program,
                        reason,
                        publishedBy,
                        tx.now(),
                        effectiveAt);
        new PublishingDao(tx).insert(publication);
        Programs.published(tx);
        Outbox.append(tx, new Event.ProgramPublished(publication.version()));
        return publication;
    }

    /**
     * Now; but while nobody has joined or bought, since the first program took effect. So a shop
     * that publishes its own program before it imports its history has that history earn under it,
     * and not under the one it was born with.
     */
    private Instant effectiveAtOnce(TenantTx tx, boolean untouched) {
        return untouched ? programs.history(tx).versions().getFirst().effectiveAt() : tx.now();
    }
}
