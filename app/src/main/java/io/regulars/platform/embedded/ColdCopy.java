package io.regulars.platform.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A copy of the data directory while nobody works in it: database, passwords, secret key, captured
 * mail. What can be unpacked again (PostgreSQL itself) is left out.
 */
public final class ColdCopy {

    private static final String CLUSTER = "postgres";
    private static final String RUNNING = "postgres/postmaster.pid";

    private ColdCopy() {}

    /**
     * Writes the copy.
     *
     * @throws EmbeddedDatabaseException where a service, or a database that was left behind by one,
     *     runs there
     */
    public static void write(Path dataDir, Path file) {
        if (!Files.isDirectory(dataDir.resolve(CLUSTER))) {
            throw new EmbeddedDatabaseException(
                    "There is no embedded database in " + dataDir + ".");
        }
        try (DataDirLock _ = DataDirLock.take(dataDir);
                ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            if (Files.exists(dataDir.resolve(RUNNING))) {
                throw new EmbeddedDatabaseException(
                        "The database in "
                                + dataDir
                                + " was not stopped in order; start the service and stop it, then copy.");
            }
            Files.walkFileTree(dataDir, new Adding(dataDir, file.toAbsolutePath(), zip));
        } catch (IOException e) {
            throw new UncheckedIOException("the copy was not written", e);
        }
    }

    /**
     * Unpacks a copy into a directory that is empty or not there.
     *
     * @throws EmbeddedDatabaseException where there is something already
     */
    public static void read(Path file, Path dataDir) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Files.createDirectories(dataDir);
            try (var there = Files.list(dataDir)) {
                if (there.findAny().isPresent()) {
                    throw new EmbeddedDatabaseException(
                            dataDir + " is not empty; set DATA_DIR to a new directory.");
                }
            }
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                unpack(zip, entries.nextElement(), dataDir);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the copy was not unpacked", e);
        }
    }

    private static void unpack(ZipFile zip, ZipEntry entry, Path dataDir) throws IOException {
        Path path = dataDir.resolve(entry.getName()).normalize();
        if (!path.startsWith(dataDir.normalize())) {
            throw new IOException("a name leads out of the directory: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            onlyOurs(path, "rwx------");
            return;
        }
        try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, path);
        }
        onlyOurs(path, "rw-------");
    }

    private static void onlyOurs(Path path, String permissions) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }

    /** Puts everything into the archive, the empty directories too: PostgreSQL misses them. */
    private static final class Adding extends SimpleFileVisitor<Path> {

        private final Path dataDir;
        private final Path copy;
        private final ZipOutputStream zip;

        Adding(Path dataDir, Path copy, ZipOutputStream zip) {
            this.dataDir = dataDir;
            this.copy = copy;
            this.zip = zip;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                throws IOException {
            String name = name(directory);
            if (name.equals("postgres-programs")) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (!name.isEmpty()) {
                zip.putNextEntry(new ZipEntry(name + "/"));
                zip.closeEntry();
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
                throws IOException {
            if (attributes.isRegularFile()
                    && !path.toAbsolutePath().equals(copy)
                    && !name(path).equals("regulars.lock")) {
                zip.putNextEntry(new ZipEntry(name(path)));
                Files.copy(path, zip);
                zip.closeEntry();
            }
            return FileVisitResult.CONTINUE;
        }

        private String name(Path path) {
            return dataDir.relativize(path).toString().replace('\\', '/');
        }
    }
}
