package io.regulars.edge.exports;

import io.regulars.edge.imports.SafeCsv;
import io.regulars.engagement.mail.MessageFiles;
import io.regulars.loyalty.ledger.LedgerFiles;
import io.regulars.loyalty.members.MemberFiles;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.rewards.VoucherFiles;
import io.regulars.loyalty.rewards.VoucherFiles.Listed;
import io.regulars.platform.db.Listing;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.ids.TypeIds;
import io.regulars.platform.work.LaneWork;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes files, a piece of some thousand rows in each transaction. */
public final class ExportWork implements LaneWork {

    public static final String QUEUE = "exports";

    private static final Duration SLICE = Duration.ofSeconds(2);
    private static final int PIECE = 5_000;

    private static final String[] VOUCHER_HEADER = {
        "id",
        "code",
        "reward",
        "state",
        "origin",
        "member",
        "points",
        "issued_at",
        "expires_at",
        "used_at",
        "source",
        "order_id",
        "discount"
    };

    private final TenantDb tenants;

    public ExportWork(TenantDb tenants) {
        this.tenants = tenants;
    }

    @Override
    public String queue() {
        return QUEUE;
    }

    @Override
    public Optional<Instant> serve(TenantRef tenant) {
        long start = System.nanoTime();
        boolean goOn;
        do {
            goOn = tenants.inTransaction(tenant, ExportWork::writePiece);
        } while (goOn && System.nanoTime() - start < SLICE.toNanos());
        return nextDue(tenant);
    }

    @Override
    public Optional<Instant> nextDue(TenantRef tenant) {
        return tenants.inTransaction(tenant, tx -> new ExportDao(tx).nextOpen());
    }

    /**
     * @return whether there was something to do
     */
    private static boolean writePiece(TenantTx tx) {
        ExportDao dao = new ExportDao(tx);
        Optional<ExportJob> open = dao.lockOpen();
        if (open.isEmpty()) {
            return false;
        }
        ExportJob job = open.get();
        List<Listing> rows = rows(tx, job);
        boolean isLast =
                job.options().batch() == null
                        ? rows.size() < PIECE
                        : job.rows() + rows.size() >= job.options().batch().count();
        dao.insertChunk(job.id(), job.nextChunk(), zipped(job, rows));
        dao.advance(
                job,
                isLast ? ExportJob.State.COMPLETED : ExportJob.State.RUNNING,
                rows.size(),
                rows.isEmpty() ? null : rows.getLast().id());
        return true;
    }

    private static List<Listing> rows(TenantTx tx, ExportJob job) {
        return switch (job.kind()) {
            case ExportJob.MEMBERS -> MemberFiles.behind(tx, job.last(), PIECE);
            case ExportJob.TRANSACTIONS -> LedgerFiles.behind(tx, job.last(), PIECE);
            case ExportJob.MESSAGES -> MessageFiles.behind(tx, job.last(), PIECE);
            default ->
                    vouchers(tx, job).stream()
                            .map(row -> new Listing(row.id(), List.of(cells(row))))
                            .toList();
        };
    }

    private static List<Listed> vouchers(TenantTx tx, ExportJob job) {
        ExportJob.Batch batch = job.options().batch();
        if (batch == null) {
            return VoucherFiles.behind(tx, job.last(), PIECE);
        }
        return VoucherFiles.issue(
                tx,
                new VoucherFiles.Batch(
                        job.id().uuid(), batch.reward(), batch.pattern(), batch.expiresAt()),
                (int) Math.min(PIECE, batch.count() - job.rows()));
    }

    private static String[] header(ExportJob job) {
        return switch (job.kind()) {
            case ExportJob.MEMBERS -> MemberFiles.HEADER.toArray(String[]::new);
            case ExportJob.TRANSACTIONS -> LedgerFiles.HEADER.toArray(String[]::new);
            case ExportJob.MESSAGES -> MessageFiles.HEADER.toArray(String[]::new);
            default -> VOUCHER_HEADER;
        };
    }

    private static byte[] zipped(ExportJob job, List<Listing> rows) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (SafeCsv csv = new SafeCsv(new GZIPOutputStream(bytes))) {
            if (job.nextChunk() == 0) {
                csv.row(header(job));
            }
            rows.forEach(row -> csv.row(row.cells().toArray(String[]::new)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String[] cells(Listed row) {
        return new String[] {
            TypeIds.format("vch", row.id()),
            row.code(),
            row.reward(),
            row.state(),
            row.origin(),
            row.member() == null ? "" : new MemberId(row.member()).toString(),
            Long.toString(row.points()),
            row.issuedAt().toString(),
            text(row.expiresAt()),
            text(row.usedAt()),
            text(row.source()),
            text(row.orderId()),
            text(row.discount())
        };
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
