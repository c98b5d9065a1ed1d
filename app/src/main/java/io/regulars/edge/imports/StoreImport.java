package io.regulars.edge.imports;

import io.regulars.events.Audit;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.time.Clock;
import io.regulars.platform.work.Lanes;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores a file while it arrives, piece by piece, each in a transaction of its own, and queues it
 * when it is there. What breaks off leaves nothing that runs. Not to be called within a
 * transaction.
 */
public final class StoreImport {

    static final long LARGEST_FILE = 1L << 30;

    private static final Logger LOG = LoggerFactory.getLogger(StoreImport.class);

    private static final String BROKEN_OFF = "The upload broke off. Send the file again.";

    private final TenantDb tenants;
    private final Clock clock;
    private final Lanes lanes;

    public StoreImport(TenantDb tenants, Clock clock, Lanes lanes) {
        this.tenants = tenants;
        this.clock = clock;
        this.lanes = lanes;
    }

    /**
     * @param body CSV, or CSV in gzip: told by its first bytes
     * @throws Problem 400 where the body breaks off or its gzip is damaged, 413 where it is too
     *     large
     */
    public ImportId store(
            TenantRef tenant, ImportKind kind, ImportJob.Options options, InputStream body) {
        ImportId id = ImportId.next();
        tenants.run(tenant, tx -> new ImportDao(tx).insert(id, kind, options, clock.now()));
        try {
            storePieces(tenant, id, plain(body));
            tenants.run(tenant, tx -> queue(tx, id, kind));
        } catch (ZipException e) {
            throw givenUp(tenant, id, "The gzip stream is damaged.");
        } catch (IOException e) {
            throw givenUp(tenant, id, BROKEN_OFF);
        } catch (RuntimeException e) {
            giveUpQuietly(tenant, id);
            throw e;
        }
        return id;
    }

    private void queue(TenantTx tx, ImportId id, ImportKind kind) {
        if (!new ImportDao(tx).queue(id)) {
            throw Problem.of(ProblemType.REQUEST_TIMEOUT, BROKEN_OFF);
        }
        Audit.note(tx, "import.started", id.toString(), null, Map.of("kind", kind.key()));
        tx.afterCommit(() -> lanes.note(ImportWork.QUEUE, tx.tenant()));
    }

    private void storePieces(TenantRef tenant, ImportId id, InputStream file) throws IOException {
        Pieces pieces = new Pieces(file);
        long bytes = 0;
        long lines = 0;
        int seq = 0;
        for (Pieces.Piece piece = pieces.next(); piece.size() > 0; piece = pieces.next()) {
            bytes += piece.size();
            if (bytes > LARGEST_FILE) {
                throw Problem.of(
                                ProblemType.PAYLOAD_TOO_LARGE,
                                "The file may have " + LARGEST_FILE + " bytes at most, unpacked.")
                        .with("max_bytes", LARGEST_FILE);
            }
            byte[] zipped = piece.zipped();
            ChunkDao.Place place = new ChunkDao.Place(seq, lines);
            tenants.run(tenant, tx -> storePiece(tx, id, place, zipped));
            lines += piece.lineEnds();
            seq++;
        }
    }

    private void storePiece(TenantTx tx, ImportId id, ChunkDao.Place place, byte[] zipped) {
        if (!new ImportDao(tx).stillStoring(id, clock.now())) {
            throw Problem.of(ProblemType.REQUEST_TIMEOUT, BROKEN_OFF);
        }
        new ChunkDao(tx).insert(id, place, zipped);
    }

    private static InputStream plain(InputStream body) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(body, 64 * 1024);
        buffered.mark(2);
        boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
        buffered.reset();
        return gzip ? new GZIPInputStream(buffered, 64 * 1024) : buffered;
    }

    private Problem givenUp(TenantRef tenant, ImportId id, String why) {
        giveUpQuietly(tenant, id);
        return Problem.of(ProblemType.BAD_REQUEST, why);
    }

    private void giveUpQuietly(TenantRef tenant, ImportId id) {
        try {
            tenants.run(tenant, tx -> giveUp(tx, id));
        } catch (RuntimeException e) {
            LOG.warn("the rest of a broken upload stays until it is swept: {}", e.toString());
        }
    }

    static void giveUp(TenantTx tx, ImportId id) {
        ImportDao dao = new ImportDao(tx);
        boolean isStoring =
                dao.lock(id).filter(j -> j.state() == ImportJob.State.STORING).isPresent();
        if (isStoring) {
            dao.finish(id, ImportJob.State.FAILED, BROKEN_OFF);
            new ChunkDao(tx).deleteAll(id);
        }
    }
}
