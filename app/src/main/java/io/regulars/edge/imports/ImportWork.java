package io.regulars.edge.imports;

import io.regulars.events.Event;
import io.regulars.events.Outbox;
import io.regulars.loyalty.adjustments.OpeningBalances;
import io.regulars.loyalty.members.EnrolMembers;
import io.regulars.loyalty.members.UpsertMembers;
import io.regulars.loyalty.purchases.RecordPurchases;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.db.UniqueViolation;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.ids.TypeIds;
import io.regulars.platform.work.LaneWork;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Applies stored files. A slice ends after some time, a batch is one transaction that also moves
 * the checkpoint, so that a killed process loses at most the batch it was at, and nothing happens
 * twice.
 */
public final class ImportWork implements LaneWork {

    public static final String QUEUE = "imports";

    private static final Duration SLICE = Duration.ofSeconds(2);

    /**
     * Somebody may take an e-mail address, or merge a member, at the very moment; then it is seen
     * the next time.
     */
    private static final int TRIES = 3;

    /** Of so many rows is told what is wrong with them; further ones are counted. */
    private static final long REPORTED_ROWS = 100_000;

    private final TenantDb tenants;
    private final Duration slice;
    private final ImportPurchases importPurchases;
    private final UpsertMembers upsertMembers;
    private final ImportedMembers importedMembers;
    private final OpeningBalances openingBalances;

    /** What the rows are given to. */
    public record Takers(
            EnrolMembers enrolMembers,
            RecordPurchases recordPurchases,
            RefundOrders refundOrders,
            OpeningBalances openingBalances) {}

    public ImportWork(TenantDb tenants, Takers takers) {
        this(tenants, takers, SLICE);
    }

    /**
     * @param slice after which no further batch is begun; a slice has one batch at least
     */
    ImportWork(TenantDb tenants, Takers takers, Duration slice) {
        this.tenants = tenants;
        this.slice = slice;
        this.importedMembers = new ImportedMembers(takers.enrolMembers());
        this.importPurchases =
                new ImportPurchases(
                        takers.recordPurchases(), takers.refundOrders(), importedMembers);
        this.upsertMembers = new UpsertMembers(takers.enrolMembers());
        this.openingBalances = takers.openingBalances();
    }

    @Override
    public String queue() {
        return QUEUE;
    }

    @Override
    public Optional<Instant> serve(TenantRef tenant) {
        long start = System.nanoTime();
        do {
            Optional<ImportJob> job = tenants.inTransaction(tenant, ImportWork::begin);
            if (job.isEmpty()) {
                return Optional.empty();
            }
            work(tenant, job.get(), start);
        } while (isTimeLeft(start));
        return nextDue(tenant);
    }

    @Override
    public Optional<Instant> nextDue(TenantRef tenant) {
        return tenants.inTransaction(
                tenant, tx -> new ImportDao(tx).nextOpen().map(ImportJob::createdAt));
    }

    private static Optional<ImportJob> begin(TenantTx tx) {
        ImportDao dao = new ImportDao(tx);
        Optional<ImportJob> job = dao.nextOpen();
        job.filter(j -> j.state() == ImportJob.State.QUEUED)
                .ifPresent(j -> dao.start(j.id(), TypeIds.next()));
        return job.flatMap(j -> dao.find(j.id()));
    }

    private void work(TenantRef tenant, ImportJob job, long start) {
        LongFunction<InputStream> file =
                line -> StoredText.fromLine(tenants, tenant, job.id(), line);
        try {
            Header header = Header.read(file, columns(job.kind()), job.options().formatOrOurs());
            long firstLine = Math.max(job.checkpoint(), header.firstLine());
            try (RowReader rows = new RowReader(file, header.separator(), firstLine);
                    ReadAhead batches = new ReadAhead(batches(tenant, job, header, rows))) {
                long checkpoint = job.checkpoint();
                boolean goOn;
                do {
                    Batches.Batch batch = batches.next();
                    goOn = applied(tenant, job, checkpoint, batch) && !batch.isLast();
                    checkpoint = batch.nextLine();
                } while (goOn && isTimeLeft(start));
            }
        } catch (UnreadableFile e) {
            tenants.run(tenant, tx -> fail(tx, job.id(), e.reason()));
        }
    }

    private boolean isTimeLeft(long start) {
        return System.nanoTime() - start < slice.toNanos();
    }

    private static Header.Columns columns(ImportKind kind) {
        return switch (kind) {
            case MEMBERS -> MemberReader.COLUMNS;
            case PURCHASES -> OrderReader.COLUMNS;
            case OPENING_BALANCES -> BalanceReader.COLUMNS;
        };
    }

    private Batches batches(TenantRef tenant, ImportJob job, Header header, RowReader rows) {
        return switch (job.kind()) {
            case MEMBERS ->
                    new MemberBatches(
                            new MemberReader(rows, header, tenant.zone()), upsertMembers, job);
            case PURCHASES ->
                    new PurchaseBatches(
                            new OrderReader(rows, header, tenant.zone()), importPurchases, job);
            case OPENING_BALANCES ->
                    new BalanceBatches(
                            new BalanceReader(rows, header, tenant.zone()),
                            openingBalances,
                            importedMembers,
                            job);
        };
    }

    /** False where another worker has gone on with this import, or ended it. */
    private boolean applied(TenantRef tenant, ImportJob job, long checkpoint, Batches.Batch batch) {
        for (int attempt = 1; ; attempt++) {
            try {
                return tenants.inTransaction(tenant, tx -> apply(tx, job.id(), checkpoint, batch));
            } catch (UniqueViolation e) {
                if (attempt == TRIES) {
                    throw e;
                }
            } catch (Problem e) {
                if (e.type() != ProblemType.CONFLICT || attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    private static boolean apply(TenantTx tx, ImportId id, long checkpoint, Batches.Batch batch) {
        ImportDao dao = new ImportDao(tx);
        ImportJob job = dao.lock(id).orElseThrow();
        if (job.state() != ImportJob.State.RUNNING || job.checkpoint() != checkpoint) {
            return false;
        }
        Tally tally =
                job.options().dryRun()
                        ? tx.asIf(() -> batch.apply().apply(tx))
                        : batch.apply().apply(tx);
        if (job.counts().failed() < REPORTED_ROWS) {
            new ErrorDao(tx).insert(id, tally.errors());
        }
        dao.advance(id, batch.nextLine(), tally.counts());
        if (batch.isLast()) {
            dao.finish(id, ImportJob.State.COMPLETED, null);
            new ChunkDao(tx).deleteAll(id);
            ImportJob.Counts counts = dao.find(id).orElseThrow().counts();
            Outbox.append(
                    tx,
                    new Event.ImportCompleted(
                            id.uuid(), counts.imported(), counts.unchanged(), counts.failed()));
        }
        return true;
    }

    private static void fail(TenantTx tx, ImportId id, String error) {
        ImportDao dao = new ImportDao(tx);
        if (dao.lock(id).orElseThrow().state() == ImportJob.State.RUNNING) {
            dao.finish(id, ImportJob.State.FAILED, error);
            new ChunkDao(tx).deleteAll(id);
        }
    }
}
