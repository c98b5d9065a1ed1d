package io.regulars.platform.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * PostgreSQL refuses to run as root. Root itself therefore starts it without root's powers: in a
 * user namespace of its own where the system allows that, else (inside most containers) as the user
 * nobody, who then owns the database files.
 */
final class Unprivileged {
    private static final String NOBODY = "65534";
    private static final String NOBODY_NAME = "nobody";

    private final List<String> prefix;
    private final boolean nobody;

    private Unprivileged(List<String> prefix, boolean nobody) {
        this.prefix = prefix;
        this.nobody = nobody;
    }

    static Unprivileged forThisUser(Path dataDir) throws IOException {
        if (!isRoot(dataDir)) {
            return new Unprivileged(List.of(), false);
        }
        List<String> namespace = List.of("unshare", "-U");
        boolean ownedByNobody =
                Files.isDirectory(dataDir.resolve(EmbeddedDatabase.CLUSTER))
                        && Files.getOwner(dataDir.resolve(EmbeddedDatabase.CLUSTER))
                                .getName()
                                .equals(NOBODY_NAME);
        if (!ownedByNobody && Programs.succeeds(namespace, "id", "-un")) {
            return new Unprivileged(namespace, false);
        }
        return asNobody(dataDir);
    }

    static Unprivileged asNobody(Path dataDir) throws IOException {
        List<String> nobody =
                List.of(
                        "setpriv",
                        "--reuid=" + NOBODY,
                        "--regid=" + NOBODY,
                        "--clear-groups",
                        "--inh-caps=-all");
        Set<PosixFilePermission> permissions =
                new HashSet<>(Files.getPosixFilePermissions(dataDir));
        if (permissions.add(PosixFilePermission.OTHERS_EXECUTE)) {
            Files.setPosixFilePermissions(dataDir, permissions);
        }
        if (!Programs.succeeds(nobody, "test", "-x", dataDir.toString())) {
            throw new EmbeddedDatabaseException(
                    "PostgreSQL does not run as root, and the user nobody, who should run it"
                            + " instead, cannot enter "
                            + dataDir
                            + ". Start Regulars as an ordinary user, or choose a DATA_DIR"
                            + " that everybody may enter.");
        }
        return new Unprivileged(nobody, true);
    }

    /** The words to put before a command. */
    List<String> prefix() {
        return prefix;
    }

    /** Lets the user PostgreSQL runs as own this one file or directory. */
    Path handOver(Path path) throws IOException {
        if (nobody) {
            var owner =
                    path.getFileSystem()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByName(NOBODY_NAME);
            Files.setOwner(path, owner);
        }
        return path;
    }

    private static boolean isRoot(Path dataDir) throws IOException {
        // The owner of a file just made is who we are; user.name may have been overridden.
        Path probe = Files.createTempFile(dataDir, "owner", "");
        try {
            return Integer.valueOf(0)
                    .equals(Files.getAttribute(probe, "unix:uid", LinkOption.NOFOLLOW_LINKS));
        } finally {
            Files.delete(probe);
        }
    }
}
