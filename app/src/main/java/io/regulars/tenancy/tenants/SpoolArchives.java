package io.regulars.tenancy.tenants;

import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.ids.TenantId;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Writes a shop's archive into a file before anybody reads it: it comes out of a long transaction,
 * and whoever reads slowly must not keep a connection to the database for as long.
 */
public final class SpoolArchives {

    /** So many are written or fetched at once; others than these have connections left. */
    private static final int MOST = 4;

    private static final Duration LATER = Duration.ofSeconds(30);

    private final ArchiveTenant archiveTenant;
    private final Set<TenantId> underWay = ConcurrentHashMap.newKeySet();

    public SpoolArchives(ArchiveTenant archiveTenant) {
        this.archiveTenant = archiveTenant;
    }

    /**
     * The archive of a shop, to be closed when it has been read.
     *
     * @throws Problem 409 while another one of this shop is not closed, 429 while there are many of
     *     other shops
     */
    Spooled spool(TenantId id) {
        if (!underWay.add(id)) {
            throw Problem.of(
                            ProblemType.CONFLICT,
                            "An archive of this shop is being written or fetched already; wait for its end.")
                    .retryAfter(LATER);
        }
        try {
            if (underWay.size() > MOST) {
                throw Problem.of(
                                ProblemType.TOO_MANY_REQUESTS,
                                "Archives of other shops are being written; try again later.")
                        .retryAfter(LATER);
            }
            return new Spooled(id, written(id));
        } catch (RuntimeException e) {
            underWay.remove(id);
            throw e;
        }
    }

    private Path written(TenantId id) {
        try {
            Path file = Files.createTempFile("regulars-" + id, ".zip");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                archiveTenant.of(id).writeTo(out);
            } catch (RuntimeException | IOException e) {
                Files.deleteIfExists(file);
                throw e;
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("the archive of " + id + " could not be written", e);
        }
    }

    /** An archive in a file, which is deleted when nobody reads it any more. */
    final class Spooled implements Closeable {

        private final TenantId id;
        private final Path file;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Spooled(TenantId id, Path file) {
            this.id = id;
            this.file = file;
        }

        void writeTo(OutputStream out) throws IOException {
            long _ = Files.copy(file, out);
        }

        @Override
        public void close() throws IOException {
            if (closed.compareAndSet(false, true)) {
                underWay.remove(id);
                Files.deleteIfExists(file);
            }
        }
    }
}
