package io.regulars.edge.imports;

import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import java.io.InputStream;
import java.util.Optional;

/**
 * A stored file's bytes from the start of a line on. One piece is in memory at a time, each read in
 * a transaction of its own.
 */
final class StoredText extends InputStream {

    private final TenantDb tenants;
    private final TenantRef tenant;
    private final ImportId id;
    private int nextSeq;
    private byte[] piece = {};
    private int at;

    private StoredText(TenantDb tenants, TenantRef tenant, ImportId id, int firstSeq) {
        this.tenants = tenants;
        this.tenant = tenant;
        this.id = id;
        this.nextSeq = firstSeq;
    }

    static StoredText fromLine(TenantDb tenants, TenantRef tenant, ImportId id, long line) {
        if (line <= 1) {
            StoredText text = new StoredText(tenants, tenant, id, 0);
            text.skipByteOrderMark();
            return text;
        }
        // The line begins behind the line end number line - 1, and that one lies in the last piece
        // with fewer before it.
        ChunkDao.Place place =
                tenants.inTransaction(tenant, tx -> new ChunkDao(tx).holding(id, line - 2))
                        .orElse(new ChunkDao.Place(0, 0));
        StoredText text = new StoredText(tenants, tenant, id, place.seq());
        text.skipLines(line - 1 - place.linesBefore());
        return text;
    }

    @Override
    public int read() {
        return hasMore() ? piece[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (!hasMore()) {
            return -1;
        }
        int taken = Math.min(length, piece.length - at);
        System.arraycopy(piece, at, into, offset, taken);
        at += taken;
        return taken;
    }

    private boolean hasMore() {
        while (at == piece.length) {
            int seq = nextSeq;
            Optional<byte[]> zipped =
                    tenants.inTransaction(tenant, tx -> new ChunkDao(tx).data(id, seq));
            if (zipped.isEmpty()) {
                return false;
            }
            piece = Pieces.unzipped(zipped.get());
            at = 0;
            nextSeq++;
        }
        return true;
    }

    private void skipByteOrderMark() {
        if (!hasMore() || piece.length < 2) {
            return;
        }
        if ((piece[0] == (byte) 0xff && piece[1] == (byte) 0xfe)
                || (piece[0] == (byte) 0xfe && piece[1] == (byte) 0xff)) {
            throw new UnreadableFile(
                    "The file is written in UTF-16. Save it as CSV in UTF-8 and send it again.");
        }
        if (piece.length > 2
                && piece[0] == (byte) 0xef
                && piece[1] == (byte) 0xbb
                && piece[2] == (byte) 0xbf) {
            at = 3;
        }
    }

    private void skipLines(long lines) {
        long left = lines;
        while (left > 0 && hasMore()) {
            byte next = piece[at++];
            if (next == '\n' || (next == '\r' && !Pieces.isAt(piece, at, '\n'))) {
                left--;
            }
        }
    }
}
