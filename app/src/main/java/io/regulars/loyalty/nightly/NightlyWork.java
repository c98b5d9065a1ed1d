package io.regulars.loyalty.nightly;

import io.regulars.loyalty.program.ProgramHistory;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.work.LaneWork;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * One shop's nights, batch by batch. When the next one comes is asked of indexes: a shop with
 * nothing due is left alone.
 */
public final class NightlyWork implements LaneWork {

    public static final String QUEUE = "nightly";

    private static final int BATCH = 200;
    private static final int BATCHES_PER_SLICE = 20;

    private final TenantDb tenants;
    private final Programs programs;
    private final int batch;

    public NightlyWork(TenantDb tenants, Programs programs) {
        this(tenants, programs, BATCH);
    }

    /**
     * @param batch so many members at most are worked on in one transaction
     */
    public NightlyWork(TenantDb tenants, Programs programs, int batch) {
        this.tenants = tenants;
        this.programs = programs;
        this.batch = batch;
    }

    /** The nights of a shop in which nobody has lived yet are counted anew from here. */
    public static void beginAnew(TenantTx tx) {
        Progress.forget(tx);
    }

    @Override
    public String queue() {
        return QUEUE;
    }

    @Override
    public Optional<Instant> serve(TenantRef tenant) {
        for (int i = 0; i < BATCHES_PER_SLICE; i++) {
            if (!tenants.inTransaction(tenant, this::batch)) {
                return nextDue(tenant);
            }
        }
        return Optional.of(Instant.EPOCH);
    }

    @Override
    public Optional<Instant> nextDue(TenantRef tenant) {
        return tenants.inTransaction(
                tenant,
                tx -> {
                    Progress progress = Progress.of(tx);
                    if (progress.night() != null || progress.day() != null) {
                        return Optional.of(tx.now());
                    }
                    ProgramHistory history = programs.history(tx);
                    Optional<Instant> night = Nights.next(tx, history, progress);
                    Optional<Instant> day =
                            new OccasionPoints(tx, history)
                                    .next(progress)
                                    .map(OccasionPoints.Due::at);
                    return Stream.of(night, day).flatMap(Optional::stream).min(Instant::compareTo);
                });
    }

    /** One batch, and how far that came; false when nothing is due. */
    private boolean batch(TenantTx tx) {
        Progress progress = Progress.of(tx);
        ProgramHistory history = programs.history(tx);
        Optional<Progress.Night> night = night(tx, history, progress);
        if (night.isPresent()) {
            work(tx, history, progress, night.get()).save(tx);
            return true;
        }
        OccasionPoints occasions = new OccasionPoints(tx, history);
        Optional<OccasionPoints.Due> due = occasions.next(progress);
        if (progress.day() == null && (due.isEmpty() || due.get().at().isAfter(tx.now()))) {
            return false;
        }
        occasions.run(progress, due, batch).save(tx);
        return true;
    }

    private static Optional<Progress.Night> night(
            TenantTx tx, ProgramHistory history, Progress progress) {
        if (progress.night() != null) {
            return Optional.of(progress.night());
        }
        return Nights.next(tx, history, progress)
                .filter(midnight -> !midnight.isAfter(tx.now()))
                .map(midnight ->
                        new Progress.Night(
                                Nights.lastMidnight(tx.now(), tx.tenant().zone()),
                                history.inForceAt(tx.now()).number(),
                                Progress.Step.AVAILABLE,
                                null));
    }

    /** Steps that are done within their first batch are done in one transaction. */
    private Progress work(
            TenantTx tx, ProgramHistory history, Progress progress, Progress.Night begun) {
        Progress.Night night = begun;
        while (true) {
            Optional<UUID> last = new NightSteps(tx, history, progress, night, batch).run();
            if (last.isPresent()) {
                return progress.at(night.after(last.get()));
            }
            Optional<Progress.Night> next = night.next();
            if (next.isEmpty()) {
                return progress.finished(night);
            }
            night = next.get();
        }
    }
}
