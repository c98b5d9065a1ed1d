package io.regulars.platform.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One service per DATA_DIR. The system drops the lock with the process, so it survives no crash and
 * needs no care.
 */
final class DataDirLock implements AutoCloseable {
    private static final String NAME = "regulars.lock";

    /**
     * Asked before the file is opened: closing a second channel on it would give up this process's
     * own lock.
     */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path dataDir;
    private final FileChannel channel;

    private DataDirLock(Path dataDir, FileChannel channel) {
        this.dataDir = dataDir;
        this.channel = channel;
    }

    static DataDirLock take(Path dataDir) throws IOException {
        if (!HELD_HERE.add(dataDir)) {
            throw new EmbeddedDatabaseException(
                    "The database in " + dataDir + " is already open in this process.");
        }
        try {
            return new DataDirLock(dataDir, lockedChannel(dataDir));
        } catch (IOException | RuntimeException e) {
            HELD_HERE.remove(dataDir);
            throw e;
        }
    }

    private static FileChannel lockedChannel(Path dataDir) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        dataDir.resolve(NAME),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw inUse(dataDir, channel);
            }
            channel.truncate(0);
            channel.write(StandardCharsets.UTF_8.encode(ProcessHandle.current().pid() + "\n"));
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static EmbeddedDatabaseException inUse(Path dataDir, FileChannel channel)
            throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(32);
        channel.read(bytes, 0);
        String holder = StandardCharsets.UTF_8.decode(bytes.flip()).toString().strip();
        return new EmbeddedDatabaseException(
                "Another Regulars"
                        + (holder.isEmpty() ? "" : " (process " + holder + ")")
                        + " already uses the database in "
                        + dataDir
                        + ". Stop that one first, or give this one another DATA_DIR.");
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD_HERE.remove(dataDir);
    }
}
