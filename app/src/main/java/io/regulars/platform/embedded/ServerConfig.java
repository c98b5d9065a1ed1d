package io.regulars.platform.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * How the embedded server runs. Written anew at every start, so that a newer Regulars brings its
 * newer settings.
 */
final class ServerConfig {
    private static final String FILE = "regulars.conf";

    private static final String SETTINGS =
            """
            # Written by Regulars at every start; changes are lost. Your own go into regulars.local.conf beside it.
            port = PORT
            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            password_encryption = 'scram-sha-256'
            timezone = 'UTC'

            # Nothing that was confirmed is ever lost.
            fsync = on
            synchronous_commit = on
            full_page_writes = on
            wal_level = replica
            wal_compression = on
            max_wal_size = 1GB
            checkpoint_timeout = 10min

            # A small machine that is shared with the service itself, and many schemas.
            max_connections = 60
            shared_buffers = 128MB
            effective_cache_size = 512MB
            work_mem = 8MB
            maintenance_work_mem = 64MB
            huge_pages = off
            max_locks_per_transaction = 256
            max_parallel_workers_per_gather = 0
            random_page_cost = 1.1
            jit = off

            # The service reports failed statements itself; this log must not repeat members' data.
            log_timezone = 'UTC'
            log_min_messages = log
            log_min_error_statement = panic
            log_error_verbosity = terse
            log_checkpoints = off
            log_autovacuum_min_duration = -1
            """;

    /** macOS flushes its disk's own cache only when asked by this name. */
    private static final String MAC_SETTINGS = "wal_sync_method = fsync_writethrough\n";

    private static final String LOCAL = "include_if_exists = 'regulars.local.conf'\n";

    /** Passwords always, from this machine only; the second line is for pg_basebackup. */
    private static final String WHO_MAY_CONNECT =
            """
            # Written by Regulars at every start.
            host all         all 127.0.0.1/32 scram-sha-256
            host replication all 127.0.0.1/32 scram-sha-256
            """;

    private ServerConfig() {}

    /** Once, after initdb. */
    static void include(Path cluster) throws IOException {
        Files.writeString(
                cluster.resolve("postgresql.conf"),
                "\ninclude '" + FILE + "'\n",
                StandardOpenOption.APPEND);
    }

    static void write(Path cluster, int port, Unprivileged unprivileged) throws IOException {
        boolean mac = System.getProperty("os.name", "").startsWith("Mac");
        String settings =
                SETTINGS.replace("PORT", String.valueOf(port)) + (mac ? MAC_SETTINGS : "") + LOCAL;
        PrivateFile.write(cluster.resolve(FILE), settings);
        PrivateFile.write(cluster.resolve("pg_hba.conf"), WHO_MAY_CONNECT);
        unprivileged.handOver(cluster.resolve(FILE));
        unprivileged.handOver(cluster.resolve("pg_hba.conf"));
    }
}
