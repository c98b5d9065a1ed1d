package io.regulars.edge.exports;

import io.regulars.events.Audit;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.program.Reward;
import io.regulars.loyalty.rewards.VoucherFiles;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.FieldError;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.work.Lanes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Files that are asked for, and taken away. */
public final class Exports {

    static final int MOST_CODES = 100_000;

    private final TenantDb tenants;
    private final Programs programs;
    private final Lanes lanes;

    public Exports(TenantDb tenants, Programs programs, Lanes lanes) {
        this.tenants = tenants;
        this.programs = programs;
        this.lanes = lanes;
    }

    /**
     * Codes that somebody wants.
     *
     * @param expiresAt null for as long as the reward says
     */
    record CodesWanted(
            String reward, int count, @Nullable String pattern, @Nullable Instant expiresAt) {}

    /** Everything of one kind. */
    ExportJob all(TenantRef tenant, String kind) {
        return tenants.inTransaction(
                tenant,
                tx -> {
                    ExportJob job = queue(tx, kind, new ExportJob.Options(null));
                    Audit.note(
                            tx,
                            "export.requested",
                            job.id().toString(),
                            null,
                            Map.of("kind", kind));
                    return job;
                });
    }

    /**
     * @throws Problem 422 with a pointer for each thing that is not right
     */
    ExportJob batch(TenantRef tenant, CodesWanted wanted) {
        return tenants.inTransaction(
                tenant,
                tx -> {
                    Optional<Reward> reward =
                            programs.inForce(tx).program().reward(wanted.reward());
                    List<FieldError> errors = errors(wanted, tx.now());
                    if (reward.isEmpty()) {
                        errors.add(
                                new FieldError(
                                        "/reward",
                                        "unknown_reward",
                                        "The program has no reward with this key."));
                    }
                    if (!errors.isEmpty()) {
                        throw Problem.invalid(errors);
                    }
                    Instant end =
                            wanted.expiresAt() == null
                                    ? VoucherFiles.usualEnd(tx, reward.orElseThrow())
                                    : wanted.expiresAt();
                    ExportJob.Batch batch =
                            new ExportJob.Batch(
                                    reward.orElseThrow(), wanted.count(), wanted.pattern(), end);
                    ExportJob job = queue(tx, ExportJob.VOUCHERS, new ExportJob.Options(batch));
                    Audit.note(
                            tx,
                            "voucher_batch.requested",
                            job.id().toString(),
                            null,
                            Map.of("reward", wanted.reward(), "count", wanted.count()));
                    return job;
                });
    }

    private static List<FieldError> errors(CodesWanted wanted, Instant now) {
        List<FieldError> errors = new ArrayList<>();
        if (wanted.count() < 1 || wanted.count() > MOST_CODES) {
            errors.add(
                    new FieldError("/count", "out_of_range", "Must be 1 to " + MOST_CODES + "."));
        }
        if (wanted.pattern() != null && !VoucherFiles.isPattern(wanted.pattern(), wanted.count())) {
            errors.add(
                    new FieldError(
                            "/pattern",
                            "invalid_pattern",
                            "A pattern has 4 to 40 letters, digits, - and #. Each # is a random character; so many"
                                    + " codes need more of them, or they could be guessed."));
        }
        if (wanted.expiresAt() != null && !wanted.expiresAt().isAfter(now)) {
            errors.add(new FieldError("/expires_at", "in_the_past", "Must lie ahead."));
        }
        return errors;
    }

    private ExportJob queue(TenantTx tx, String kind, ExportJob.Options options) {
        ExportId id = ExportId.next();
        ExportDao dao = new ExportDao(tx);
        dao.insert(id, kind, options);
        tx.afterCommit(() -> lanes.note(ExportWork.QUEUE, tx.tenant()));
        return dao.find(id).orElseThrow();
    }

    /**
     * @throws Problem 404
     */
    ExportJob get(TenantRef tenant, String id) {
        return ExportId.parse(id)
                .flatMap(parsed ->
                        tenants.inTransaction(tenant, tx -> new ExportDao(tx).find(parsed)))
                .orElseThrow(() -> Problem.notFound("export"));
    }

    /**
     * @throws Problem 404; 409 while it is being written; 410 when it is no longer kept
     */
    ExportJob completed(TenantRef tenant, String id) {
        ExportJob job = get(tenant, id);
        return switch (job.state()) {
            case COMPLETED -> job;
            case QUEUED, RUNNING ->
                    throw Problem.of(ProblemType.CONFLICT, "The file is still being written.");
            case EXPIRED ->
                    throw Problem.of(
                            ProblemType.GONE,
                            "The file is no longer kept; ask for a new one with POST /v1/exports?kind="
                                    + job.kind()
                                    + ".");
        };
    }

    /** Not to be called within a transaction: one piece is in memory at a time. */
    void write(TenantRef tenant, ExportJob job, OutputStream out) throws IOException {
        for (int seq = 0; seq < job.nextChunk(); seq++) {
            int wanted = seq;
            byte[] zipped =
                    tenants.inTransaction(tenant, tx -> new ExportDao(tx).chunk(job.id(), wanted))
                            .orElseThrow();
            try (InputStream piece = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
                piece.transferTo(out);
            }
        }
    }
}
