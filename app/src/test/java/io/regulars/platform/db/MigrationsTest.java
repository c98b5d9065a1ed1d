package io.regulars.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.codahale.metrics.MetricRegistry;
import io.regulars.platform.db.TenantSchemas.Rollout;
import io.regulars.testing.TestClock;
import io.regulars.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both migration sets on a database of their own, and a rollout over tenants that differ. */
class MigrationsTest {

    private static final TenantMigrations TODAY = TenantMigrations.fromClassPath();
    private static final SqlFile NEXT =
            new SqlFile(
                    999_901_010_000L,
                    "V999901010000__next.sql",
                    """
                    create table ${t}.novelty (id uuid primary key);
                    alter table ${t}.suppression add column source text;
                    grant select, insert on ${t}.novelty to ${t};
                    """);

    private DatabaseSettings settings;
    private Databases databases;
    private Jdbi superuser;

    @BeforeEach
    void emptyDatabase() {
        settings = TestDatabase.create();
        databases = Databases.open(settings, TestClock.CLOCK, new MetricRegistry());
        superuser = Jdbi.create(() -> TestDatabase.superuserConnection(settings));
    }

    @AfterEach
    void close() {
        databases.close();
    }

    @Test
    void everyControlMigrationIsAppliedOnceHoweverOftenTheServiceStarts() {
        List<String> first = controlHistory();
        Databases.open(settings, TestClock.CLOCK, new MetricRegistry()).close();
        assertThat(controlHistory())
                .isEqualTo(first)
                .containsAll(
                        SqlFile.list("migrations/control").stream().map(SqlFile::name).toList());
    }

    @Test
    void aFreshTenantHasExactlyTheTablesOfTheSet() {
        String schema = spares(1).getFirst();
        assertThat(
                        texts(
                                "select tablename from pg_tables where schemaname = :schema",
                                Map.of("schema", schema)))
                .containsExactlyInAnyOrderElementsOf(tablesOfTheSet());
        assertThat(
                        number(
                                "select count(*) from control.tenant_schema where last_error is not null"))
                .isZero();
    }

    @Test
    void everythingInATenantsSchemaBelongsToTheOwner() {
        String schema = spares(1).getFirst();
        assertThat(
                        texts(
                                """
                                select pg_get_userbyid(relowner) from pg_class where relnamespace = :schema::regnamespace
                                union
                                select pg_get_userbyid(nspowner) from pg_namespace where nspname = :schema
                                """,
                                Map.of("schema", schema)))
                .containsExactly(settings.owner().user());
    }

    @Test
    void nothingOfATenantIsGrantedToAnybodyButItsOwnRole() {
        String schema = spares(2).getFirst();
        assertThat(
                        texts(
                                """
                                select distinct case g.grantee when 0 then 'PUBLIC' else pg_get_userbyid(g.grantee) end
                                  from (select relacl as acl from pg_class where relnamespace = :schema::regnamespace
                                        union all
                                        select nspacl from pg_namespace where nspname = :schema) a
                                 cross join lateral aclexplode(a.acl) g
                                """,
                                Map.of("schema", schema)))
                .containsExactlyInAnyOrder(settings.owner().user(), schema);
    }

    @Test
    void theRoleOfATenantHasNoRightsInOtherSchemas() {
        String schema = spares(2).getFirst();
        assertThat(
                        texts(
                                """
                                select nspname from pg_namespace
                                 where has_schema_privilege(:schema, oid, 'usage') and nspname not like 'pg\\_%'
                                """,
                                Map.of("schema", schema)))
                .containsExactlyInAnyOrder(schema, "information_schema");
        assertThat(
                        texts(
                                "select nspname from pg_namespace where has_schema_privilege(:schema, oid, 'create')",
                                Map.of("schema", schema)))
                .isEmpty();
        assertThat(
                        number(
                                "select count(*) from pg_class where relnamespace = 'public'::regnamespace"))
                .isZero();
        assertThat(
                        number(
                                """
                                select count(*) from pg_auth_members m join pg_roles r on r.oid = m.member
                                 where r.rolname like 't\\_%'
                                """))
                .isZero();
    }

    @Test
    void aRolloutBringsATenantThatIsBehindUpToDate() {
        String schema = spares(1).getFirst();
        Rollout rollout = next().migrateAll();
        assertThat(rollout).isEqualTo(new Rollout(1, List.of()));
        assertThat(version(schema)).isEqualTo(NEXT.version());
        assertThat(
                        texts(
                                "select tablename from pg_tables where schemaname = :schema",
                                Map.of("schema", schema)))
                .contains("novelty");
        assertThat(next().migrateAll()).as("nobody is behind").isEqualTo(new Rollout(0, List.of()));
    }

    @Test
    void aSchemaMadeFromTheFlattenedScriptIsTheSameAsOneThatWasUpgraded() {
        String upgraded = spares(1).getFirst();
        next().migrateAll();
        next().makeSpares(2);
        String fresh =
                schemas().stream().filter(name -> !name.equals(upgraded)).findFirst().orElseThrow();
        assertThat(columns(fresh)).isEqualTo(columns(upgraded)).isNotEmpty();
        assertThat(version(fresh)).isEqualTo(NEXT.version());
    }

    @Test
    void aTenantThatCannotBeUpgradedIsReportedAndStopsNoOther() {
        List<String> all = spares(4);
        String broken = all.get(1);
        superuser.useHandle(handle -> handle.execute("drop table " + broken + ".suppression"));

        Rollout rollout = next().migrateAll();

        assertThat(rollout.upgraded()).isEqualTo(3);
        assertThat(rollout.failures())
                .singleElement()
                .asString()
                .contains(broken)
                .contains("suppression");
        assertThat(lastError(broken)).contains("suppression").contains("does not exist");
        assertThat(version(broken)).isEqualTo(TODAY.latest());
        assertThat(
                        texts(
                                "select tablename from pg_tables where schemaname = :schema",
                                Map.of("schema", broken)))
                .as("its transaction leaves nothing half-done")
                .doesNotContain("novelty");
        assertThat(all.stream().filter(name -> !name.equals(broken)))
                .allSatisfy(name -> {
                    assertThat(version(name)).isEqualTo(NEXT.version());
                    assertThat(lastError(name)).isEmpty();
                });
    }

    @Test
    void aSecondRolloutFinishesWhatTheFirstCouldNot() {
        List<String> all = spares(2);
        String broken = all.getFirst();
        superuser.useHandle(handle ->
                handle.execute("alter table " + broken + ".suppression rename to suppressed"));
        assertThat(next().migrateAll().failures()).hasSize(1);
        superuser.useHandle(handle ->
                handle.execute("alter table " + broken + ".suppressed rename to suppression"));

        assertThat(next().migrateAll()).isEqualTo(new Rollout(1, List.of()));

        assertThat(version(broken)).isEqualTo(NEXT.version());
        assertThat(lastError(broken)).isEmpty();
    }

    @Test
    void aTableInUseDelaysItsTenantOnly() throws SQLException {
        List<String> all = spares(3);
        String busy = all.getLast();
        try (Connection user = TestDatabase.superuserConnection(settings)) {
            user.setAutoCommit(false);
            Handle inUse = Jdbi.open(user);
            inUse.execute("lock table " + busy + ".suppression in access share mode");
            CompletableFuture<Rollout> rollout =
                    CompletableFuture.supplyAsync(() -> next().migrateAll());
            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            all.stream()
                                    .filter(name -> !name.equals(busy))
                                    .allMatch(name -> version(name) == NEXT.version()));
            assertThat(version(busy)).isEqualTo(TODAY.latest());
            user.rollback();
            assertThat(rollout.join()).isEqualTo(new Rollout(3, List.of()));
        }
        assertThat(version(busy)).isEqualTo(NEXT.version());
    }

    @Test
    void aReleasedSchemaThatIsInUseDoesNotKeepTheOthers() throws SQLException {
        List<String> all = spares(2);
        superuser.useHandle(handle ->
                handle.execute(
                        "update control.tenant_schema set state = 'claimed', released_at = ?",
                        Timestamp.from(TestClock.now().minus(Duration.ofHours(2)))));
        try (Connection user = TestDatabase.superuserConnection(settings)) {
            user.setAutoCommit(false);
            Jdbi.open(user)
                    .execute("lock table " + all.getFirst() + ".suppression in access share mode");
            assertThat(databases.schemas().dropReleased(20)).containsExactly(all.getLast());
            user.rollback();
        }
        assertThat(databases.schemas().dropReleased(20)).containsExactly(all.getFirst());
    }

    @Test
    void anOldBinaryRefusesADatabaseThatANewerOneHasReshaped() {
        spares(2);
        databases
                .control()
                .inTransaction(
                        handle -> databases.schemas().claim(handle, Instant.EPOCH).orElseThrow());
        next().migrateAll();
        assertThatThrownBy(() -> Databases.open(settings, TestClock.CLOCK, new MetricRegistry()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("1 tenant schemas")
                .hasMessageContaining("newer version");
    }

    @Test
    void twoReleasesWorkSideBySideUntilTheSchemasAreBroughtUpToDate() {
        TenantSchemas old = databases.schemas();
        TenantSchemas next = next();
        spares(1);
        String before = claimed(old);
        assertThat(next.serves(version(before))).as("the new code on an old schema").isTrue();
        next.makeSpares(1);
        assertThat(schemas()).hasSize(2);
        Optional<String> notForTheOld =
                databases.control().inTransaction(handle -> old.claim(handle, Instant.EPOCH));
        assertThat(notForTheOld).as("the old code leaves alone what it could not serve").isEmpty();
        old.makeSpares(1);
        assertThat(version(claimed(old))).isEqualTo(TODAY.latest());
        assertThat(version(claimed(next))).isEqualTo(NEXT.version());

        assertThat(next.migrateAll()).isEqualTo(new Rollout(2, List.of()));

        assertThat(next.serves(version(before))).isTrue();
        assertThat(old.serves(version(before))).as("the old code steps aside").isFalse();
    }

    private String claimed(TenantSchemas by) {
        return databases
                .control()
                .inTransaction(handle -> by.claim(handle, Instant.EPOCH).orElseThrow());
    }

    @Test
    void theCodeServesItsOwnVersionAndTheOneBefore() {
        TenantSchemas third =
                schemas(
                        new TenantMigrations(
                                List.of(
                                        new SqlFile(1, "V1", ""),
                                        new SqlFile(2, "V2", ""),
                                        new SqlFile(3, "V3", ""))));
        assertThat(third.serves(3)).isTrue();
        assertThat(third.serves(2)).isTrue();
        assertThat(third.serves(1)).as("too old").isFalse();
        assertThat(third.serves(4)).as("newer than the code").isFalse();
    }

    @Test
    void migrationsRunInTheOrderOfTheirNames() {
        for (String set : List.of("migrations/control", "migrations/tenant")) {
            assertThat(SqlFile.list(set))
                    .isNotEmpty()
                    .isSortedAccordingTo((a, b) -> a.name().compareTo(b.name()));
        }
    }

    private List<String> spares(int wanted) {
        databases.schemas().makeSpares(wanted);
        return schemas();
    }

    private List<String> schemas() {
        return texts("select name from control.tenant_schema order by name", Map.of());
    }

    /** The service as it will be when a migration has been added. */
    private TenantSchemas next() {
        return schemas(
                new TenantMigrations(
                        Stream.concat(TODAY.files().stream(), Stream.of(NEXT)).toList()));
    }

    private TenantSchemas schemas(TenantMigrations migrations) {
        DatabaseUrl url = settings.owner();
        Jdbi owner =
                Jdbi.create(url.jdbcUrl(), url.user(), url.password())
                        .installPlugin(new PostgresPlugin());
        return new TenantSchemas(owner, TestClock.CLOCK, migrations);
    }

    private static List<String> tablesOfTheSet() {
        Pattern table = Pattern.compile("(?m)^create table \\$\\{t}\\.(\\w+)");
        return TODAY.files().stream()
                .flatMap(file -> table.matcher(file.text()).results())
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private List<String> controlHistory() {
        return texts(
                "select script from control.flyway_schema_history where success order by installed_rank",
                Map.of());
    }

    private List<String> columns(String schema) {
        return texts(
                """
                select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable
                  from information_schema.columns where table_schema = :schema order by 1
                """,
                Map.of("schema", schema));
    }

    private long version(String schema) {
        return Long.parseLong(
                texts(
                                "select version::text from control.tenant_schema where name = :schema",
                                Map.of("schema", schema))
                        .getFirst());
    }

    private String lastError(String schema) {
        return texts(
                        "select coalesce(last_error, '') from control.tenant_schema where name = :schema",
                        Map.of("schema", schema))
                .getFirst();
    }

    private List<String> texts(String sql, Map<String, ?> values) {
        return superuser.withHandle(
                handle -> handle.createQuery(sql).bindMap(values).mapTo(String.class).list());
    }

    private long number(String sql) {
        return superuser.withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }
}
