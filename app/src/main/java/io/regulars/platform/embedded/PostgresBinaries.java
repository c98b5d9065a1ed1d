package io.regulars.platform.embedded;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks PostgreSQL's programs from the jar, once per version. They stay beside the data and not
 * in the system's temporary directory: that one is swept clean on many machines while the database
 * is running.
 */
final class PostgresBinaries {
    private PostgresBinaries() {}

    /**
     * The home of the programs that came with this build. Other versions beside it are left for
     * {@link #sweep}.
     */
    static Path unpack(Path parent) throws IOException {
        byte[] archive = archiveForThisMachine();
        Path home = parent.resolve(fingerprint(archive));
        if (Files.isDirectory(home)) {
            return home;
        }
        Files.createDirectories(parent, PosixFilePermissions.asFileAttribute(permissions(true)));
        Files.setPosixFilePermissions(parent, permissions(true));
        Path draft =
                parent.resolve(home.getFileName() + "." + ProcessHandle.current().pid() + ".new");
        delete(draft);
        extract(archive, draft);
        moveUnlessThere(draft, home);
        return home;
    }

    /** Deletes every other version; only once nothing runs from it any more. */
    static void sweep(Path home) throws IOException {
        for (Path other : children(home.resolveSibling(""))) {
            if (!other.equals(home)) {
                delete(other);
            }
        }
    }

    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(tree)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }

    private static List<Path> children(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.toList();
        }
    }

    private static byte[] archiveForThisMachine() throws IOException {
        String system =
                System.getProperty("os.name", "").startsWith("Mac")
                        ? "Darwin"
                        : System.getProperty("os.name", "");
        String machine = System.getProperty("os.arch", "");
        try (InputStream archive =
                DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine)) {
            return archive.readAllBytes();
        } catch (IllegalStateException e) {
            throw new EmbeddedDatabaseException(
                    "This build of Regulars brings no PostgreSQL for "
                            + system
                            + " on "
                            + machine
                            + ". Set DATABASE_URL to a PostgreSQL of your own.",
                    e);
        }
    }

    private static String fingerprint(byte[] archive) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(archive);
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static void extract(byte[] archive, Path target) throws IOException {
        Files.createDirectory(target);
        Files.setPosixFilePermissions(target, permissions(true));
        try (var tar =
                new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("An archive entry points outside: " + entry.getName());
                }
                extract(entry, tar, path);
            }
        }
    }

    private static void extract(TarArchiveEntry entry, InputStream content, Path path)
            throws IOException {
        if (entry.isDirectory()) {
            makeDirectories(path);
            return;
        }
        makeDirectories(path.resolveSibling(""));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, path);
            Files.setPosixFilePermissions(
                    path, permissions((entry.getMode() & 0b001_000_000) != 0));
        }
    }

    /** Not by the user's umask: the user nobody may have to read them. */
    private static void makeDirectories(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            makeDirectories(directory.resolveSibling(""));
            Files.createDirectory(directory);
            Files.setPosixFilePermissions(directory, permissions(true));
        }
    }

    private static Set<PosixFilePermission> permissions(boolean executable) {
        return PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--");
    }

    private static void moveUnlessThere(Path draft, Path home) throws IOException {
        try {
            Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            delete(draft);
            if (!Files.isDirectory(home)) {
                throw e;
            }
        }
    }
}
