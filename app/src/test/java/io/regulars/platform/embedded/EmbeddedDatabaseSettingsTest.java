package io.regulars.platform.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the running server itself says about how it runs, and whom it lets in. */
class EmbeddedDatabaseSettingsTest {
    @TempDir static Path temp;

    private static final TestDatabases databases = new TestDatabases();
    private static EmbeddedDatabase database;

    @BeforeAll
    static void start() {
        database = databases.start(temp);
    }

    @AfterAll
    static void stop() {
        databases.close();
    }

    @Test
    void isDurableAndSortsTheSameOnEveryMachine() throws Exception {
        JdbcLogin owner = database.owner();

        for (String setting :
                List.of("fsync", "synchronous_commit", "full_page_writes", "data_checksums")) {
            assertThat(TestDatabases.ask(owner, "show " + setting)).as(setting).isEqualTo("on");
        }
        assertThat(TestDatabases.ask(owner, "show listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(TestDatabases.ask(superuser(), "show unix_socket_directories")).isEmpty();
        assertThat(TestDatabases.ask(owner, "show server_encoding")).isEqualTo("UTF8");
        String collation = "select datcollate from pg_database where datname = 'regulars'";
        assertThat(TestDatabases.ask(owner, collation)).isEqualTo("C");
    }

    @Test
    void asksEverybodyForThePassword() throws Exception {
        for (JdbcLogin login : List.of(database.owner(), database.app())) {
            assertRefused(login.url(), login.user(), "wrong");
            assertRefused(login.url(), "postgres", login.password());
        }
        assertThat(Files.readString(temp.resolve("postgres/pg_hba.conf"))).doesNotContain("trust");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(temp.resolve("postgres-passwords"))))
                .isEqualTo("rw-------");
        assertThat(database.owner().toString()).doesNotContain(database.owner().password());
    }

    @Test
    void givesTheOwnerRolesButNotTheServerAndTheServiceNothing() throws Exception {
        TestDatabases.execute(database.owner(), "create role tenant_1", "create schema tenant_1");

        String powers =
                "select rolsuper || ' ' || rolcreaterole || ' ' || rolinherit from pg_roles where rolname = ";
        assertThat(TestDatabases.ask(database.owner(), powers + "current_user"))
                .isEqualTo("false true true");
        assertThat(TestDatabases.ask(database.app(), powers + "current_user"))
                .isEqualTo("false false false");
        for (String forbidden :
                List.of(
                        "create table public.mine (x int)",
                        "create schema mine",
                        "create temp table mine (x int)")) {
            assertThatThrownBy(() -> TestDatabases.execute(database.app(), forbidden))
                    .as(forbidden)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void tellsASecondServiceThatTheDirectoryIsTaken() throws Exception {
        assertThatThrownBy(() -> databases.start(temp))
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessageContaining("already open in this process");
        try (var other = KilledJvm.start(temp)) {
            assertThat(other.readLine())
                    .contains("Another Regulars (process " + ProcessHandle.current().pid() + ")");
        }
    }

    private static JdbcLogin superuser() throws IOException {
        return new JdbcLogin(database.owner().url(), "postgres", Passwords.read(temp).superuser());
    }

    private static void assertRefused(String url, String user, String password) {
        assertThatThrownBy(() -> DriverManager.getConnection(url, user, password).close())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }
}
