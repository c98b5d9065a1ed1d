package io.regulars.platform.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.testing.TakesLong;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real servers on real files: what must hold when the power, the process or the person fails. */
@TakesLong
class EmbeddedDatabaseTest {
    @TempDir Path temp;

    private final TestDatabases databases = new TestDatabases();

    @AfterEach
    void stopAll() throws IOException {
        databases.close();
    }

    @Test
    void findsItsDataItsPortAndItsPasswordsAtTheSecondStart() throws Exception {
        // The databases of the other test processes take the first port that is free, which between
        // our two starts would be ours.
        int port = TestDatabases.lentPort();
        Files.writeString(temp.resolve("postgres-port"), port + "\n");
        JdbcLogin first;
        try (EmbeddedDatabase database = databases.start(temp)) {
            first = database.owner();
            assertThat(first.url()).contains(":" + port + "/");
            TestDatabases.execute(
                    first, "create schema shop", "create table shop.member as select 42 as points");
        }

        EmbeddedDatabase second = databases.start(temp);

        assertThat(second.owner()).isEqualTo(first);
        assertThat(TestDatabases.ask(second.owner(), "select points from shop.member"))
                .isEqualTo("42");
    }

    @Test
    void replacesTheServerOfAServiceThatWasKilled() throws Exception {
        long orphan;
        try (var child = KilledJvm.start(temp)) {
            orphan = Long.parseLong(child.readLine());
            child.kill();
        }
        assertThat(ProcessHandle.of(orphan)).as("the server outlives the service").isPresent();

        EmbeddedDatabase next = databases.start(temp);

        assertThat(TestDatabases.ask(next.owner(), "select note from kept.notes"))
                .isEqualTo("written before the kill");
        assertThat(TestDatabases.postmaster(temp)).isNotEqualTo(orphan);
    }

    @Test
    void startsAfterAPowerCutThoughItsOldProcessNumberNowBelongsToAnotherProgram()
            throws Exception {
        JdbcLogin owner = databases.start(temp).owner();
        TestDatabases.execute(
                owner, "create schema kept", "create table kept.notes as select 'here' as note");
        databases.cutThePower(temp);
        Path pidFile = temp.resolve("postgres/postmaster.pid");
        List<String> lines = new ArrayList<>(Files.readAllLines(pidFile));
        lines.set(0, String.valueOf(ProcessHandle.current().pid()));
        Files.write(pidFile, lines);

        EmbeddedDatabase next = databases.start(temp);

        assertThat(TestDatabases.ask(next.owner(), "select note from kept.notes"))
                .isEqualTo("here");
    }

    @Test
    void movesToAnotherPortWhenItsOwnIsTaken() throws Exception {
        try (EmbeddedDatabase first = databases.start(temp)) {
            assertThat(first.owner().url()).startsWith("jdbc:postgresql://127.0.0.1:");
        }
        int port = LoopbackPort.kept(temp);

        try (ServerSocket squatter = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(squatter.isBound()).isTrue();
            EmbeddedDatabase second = databases.start(temp);
            assertThat(second.owner().url()).doesNotContain(":" + port + "/");
            assertThat(TestDatabases.ask(second.owner(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void finishesAFirstStartThatWasCutShort() throws Exception {
        Files.createDirectories(temp.resolve("postgres.new/base"));
        Files.writeString(temp.resolve("postgres.new/PG_VERSION"), "18\n");

        EmbeddedDatabase database = databases.start(temp);

        assertThat(TestDatabases.ask(database.owner(), "select current_user"))
                .isEqualTo("regulars_owner");
        assertThat(temp.resolve("postgres.new")).doesNotExist();
    }

    @Test
    void runsAsNobodyWhereRootMayNotMakeUserNamespaces() throws Exception {
        TestDatabases.assumeRoot(temp);
        // JUnit's own directory is closed to others, and so is what lies in it.
        Path open = Files.createTempDirectory(Path.of("/tmp"), "regulars-nobody");
        try {
            EmbeddedDatabase database = databases.startAsNobody(open);
            assertThat(TestDatabases.ask(database.owner(), "select 1")).isEqualTo("1");
            database.close();

            EmbeddedDatabase second = databases.start(open);
            assertThat(TestDatabases.ask(second.owner(), "select 1"))
                    .as("stays with nobody")
                    .isEqualTo("1");
        } finally {
            databases.close();
            PostgresBinaries.delete(open);
        }
    }
}
