package io.regulars.platform.embedded;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The directory that everything durable lives in. */
final class DataDir {
    /**
     * A new database takes 60 MB, its programs another 60; what is left would be full within days.
     */
    private static final long FREE_MB_FOR_A_NEW_DATABASE = 300;

    private DataDir() {}

    /** Made for its owner alone: it will hold passwords and mail. */
    static void create(Path dataDir) throws IOException {
        if (!Files.isDirectory(dataDir)) {
            Path parent = dataDir.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            var ownerOnly =
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------"));
            Files.createDirectory(dataDir, ownerOnly);
        }
    }

    /**
     * The same directory by its real name, so that it can be compared with what a running
     * PostgreSQL reports.
     */
    static Path prepare(Path dataDir) {
        try {
            create(dataDir);
            Path real = dataDir.toRealPath();
            Files.delete(Files.createTempFile(real, "writable", ""));
            return real;
        } catch (FileAlreadyExistsException e) {
            throw new EmbeddedDatabaseException(
                    "DATA_DIR must be a directory, but "
                            + e.getFile()
                            + " is a file. Choose another DATA_DIR.",
                    e);
        } catch (IOException e) {
            throw new EmbeddedDatabaseException(
                    "Regulars keeps its database in DATA_DIR ("
                            + dataDir.toAbsolutePath()
                            + "), but cannot write"
                            + " there: "
                            + Plain.reason(e)
                            + ". Give this user the right to write, or choose another"
                            + " DATA_DIR.",
                    e);
        }
    }

    static void requireRoom(Path dataDir) throws IOException {
        long freeMb = Files.getFileStore(dataDir).getUsableSpace() >> 20;
        if (freeMb < FREE_MB_FOR_A_NEW_DATABASE) {
            throw new EmbeddedDatabaseException(
                    "The disk is nearly full: "
                            + freeMb
                            + " MB are free in "
                            + dataDir
                            + ", a new database needs "
                            + FREE_MB_FOR_A_NEW_DATABASE
                            + " MB. Free some space, or choose a DATA_DIR on another"
                            + " disk.");
        }
    }
}
