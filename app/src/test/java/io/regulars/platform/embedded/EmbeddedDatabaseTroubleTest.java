package io.regulars.platform.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person reads who has never heard of PostgreSQL. */
class EmbeddedDatabaseTroubleTest {
    @TempDir Path temp;

    private final TestDatabases databases = new TestDatabases();

    @Test
    void saysThatAFileIsInTheWay() throws Exception {
        Path file = Files.writeString(temp.resolve("var"), "not a directory");

        assertThatThrownBy(() -> databases.start(file))
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessageContaining("is a file");
        assertThatThrownBy(() -> databases.start(file.resolve("deeper")))
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessageContaining("hoose another DATA_DIR");
    }

    @Test
    void saysThatItMayNotWrite() throws Exception {
        // Nobody may write here, root included.
        Path readOnly = Path.of("/proc/self");
        Assumptions.assumeTrue(Files.isDirectory(readOnly));

        assertThatThrownBy(() -> databases.start(readOnly.resolve("var")))
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessageContaining("cannot write there")
                .hasMessageContaining("hoose another DATA_DIR");
    }

    @Test
    void refusesADirectoryOfAnotherMajorVersionAndLeavesItAlone() throws Exception {
        Path version = Files.createDirectories(temp.resolve("postgres")).resolve("PG_VERSION");
        Files.writeString(version, "9\n");

        assertThatThrownBy(() -> databases.start(temp))
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessageContaining("was made by PostgreSQL 9")
                .hasMessageContaining("Nothing was changed");
        assertThat(version).hasContent("9");
    }

    @Test
    void explainsWhatPostgresSays() {
        assertReason(
                "FATAL: could not write lock file: No space left on device", "The disk is full");
        assertReason("FATAL: could not create any TCP/IP sockets", "taken by another program");
        assertReason("FATAL: data directory \"x\" has wrong ownership", "belong to another user");
        assertReason("FATAL: something new", "did not start");
    }

    @Test
    void makesTheSecretKeyOnceAndForItsOwnerAlone() throws Exception {
        Path dataDir = temp.resolve("new");

        String key = SecretKeyFile.readOrCreate(dataDir);

        assertThat(key).hasSizeGreaterThanOrEqualTo(40).doesNotContain(",");
        assertThat(SecretKeyFile.readOrCreate(dataDir)).isEqualTo(key);
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(dataDir.resolve("secret-key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void doesNotReplaceASecretKeyThatWasEmptied() throws Exception {
        Path file = Files.writeString(temp.resolve("secret-key"), "\n");

        assertThatThrownBy(() -> SecretKeyFile.readOrCreate(temp))
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessageContaining("is empty");
        assertThat(Files.readString(file)).isBlank();
    }

    private static void assertReason(String said, String expected) {
        assertThat(StartTrouble.explain(said, Path.of("postgres.log")))
                .hasMessageContaining(expected)
                .hasMessageContaining(said);
    }
}
