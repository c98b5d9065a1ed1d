package io.regulars.platform.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A durable PostgreSQL in a directory. The server is no child of this process and outlives its
 * violent death; the next {@link #start} finds and replaces it. Whoever starts it closes it, after
 * the last connection is given back.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    static final String CLUSTER = "postgres";
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);

    private final DataDirLock lock;
    private final Cluster cluster;
    private final Logins logins;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedDatabase(DataDirLock lock, Cluster cluster, Logins logins) {
        this.lock = lock;
        this.cluster = cluster;
        this.logins = logins;
    }

    /**
     * Makes the database on the first call, repairs and starts it on all others; returns when it
     * answers, which after a hard stop may take minutes.
     *
     * @throws EmbeddedDatabaseException when it cannot run here; the message is meant for the
     *     person who started us
     */
    public static EmbeddedDatabase start(Path dataDir) {
        Path programs = dataDir.toAbsolutePath().resolve("postgres-programs");
        EmbeddedDatabase database = start(dataDir, programs, Unprivileged::forThisUser);
        try {
            PostgresBinaries.sweep(database.cluster.programs().home());
        } catch (IOException e) {
            LOG.warn("Older versions of PostgreSQL's programs stay in {}", programs, e);
        }
        return database;
    }

    /** How to run without root's powers; a test chooses the way taken inside containers. */
    interface PrivilegeChoice {
        Unprivileged choose(Path dataDir) throws IOException;
    }

    static EmbeddedDatabase start(Path dataDir, Path programsParent, PrivilegeChoice privileges) {
        Path directory = DataDir.prepare(dataDir);
        try {
            DataDirLock lock = DataDirLock.take(directory);
            try {
                Path home = PostgresBinaries.unpack(programsParent);
                Programs programs = new Programs(home, directory, privileges.choose(directory));
                return start(lock, new Cluster(directory, programs));
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new EmbeddedDatabaseException(
                    "The embedded database in "
                            + directory
                            + " cannot start: "
                            + Plain.reason(e)
                            + ".",
                    e);
        }
    }

    private static EmbeddedDatabase start(DataDirLock lock, Cluster cluster) throws IOException {
        Passwords passwords;
        if (cluster.exists()) {
            cluster.requireSameMajorVersion();
            passwords = Passwords.read(cluster.dataDir());
            cluster.stopLeftOver();
        } else {
            LOG.info("Making a new database in {}", cluster.directory());
            passwords = cluster.create();
        }
        Logins logins = new Logins(cluster.start(), passwords);
        EmbeddedDatabase database = new EmbeddedDatabase(lock, cluster, logins);
        try {
            logins.ensure();
            LOG.info("The embedded database listens on 127.0.0.1:{}", logins.port());
            return database;
        } catch (SQLException e) {
            database.close();
            throw new EmbeddedDatabaseException(
                    "The embedded database runs, but does not take its passwords from "
                            + cluster.dataDir().resolve(Passwords.FILE)
                            + " ("
                            + e.getMessage()
                            + "). Restore that file and the database from the same backup.",
                    e);
        }
    }

    /** The login that makes and migrates schemas and roles. */
    public JdbcLogin owner() {
        return logins.owner();
    }

    /**
     * The service's everyday login: it may connect, and nothing else until it is given something.
     */
    public JdbcLogin app() {
        return logins.app();
    }

    /** Stops the server; what was committed stays. A second call does nothing. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try (lock) {
            cluster.stop();
        } catch (IOException e) {
            LOG.warn("The embedded database could not be stopped; the next start will do it", e);
        }
    }
}
