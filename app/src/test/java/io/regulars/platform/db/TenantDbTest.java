package io.regulars.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import io.regulars.platform.ids.TenantId;
import io.regulars.testing.TestClock;
import io.regulars.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TenantDbTest {

    private static Databases databases;
    private static TenantRef alice;
    private static TenantRef bob;

    @BeforeAll
    static void twoTenantsOnAPoolOfOne() {
        DatabaseSettings settings = TestDatabase.create();
        databases =
                Databases.open(
                        poolOfOne(settings, settings.app()), TestClock.CLOCK, new MetricRegistry());
        databases.schemas().makeSpares(2);
        alice = claim();
        bob = claim();
        put(alice, "alice");
        put(bob, "bob");
    }

    private static DatabaseSettings poolOfOne(
            DatabaseSettings settings, Optional<DatabaseUrl> app) {
        return new DatabaseSettings(
                settings.owner(),
                app,
                1,
                64,
                settings.maxConnectionAge(),
                true,
                settings.spareSchemas());
    }

    @AfterAll
    static void close() {
        databases.close();
    }

    @Test
    void aTransactionSeesItsOwnTenantOnly() {
        assertThat(name(alice)).isEqualTo("alice");
        assertThat(name(bob)).isEqualTo("bob");
    }

    @Test
    void aConnectionHandedBackCarriesNoRole() {
        databases
                .tenants()
                .run(alice, tx -> assertThat(role(tx.handle())).isEqualTo(alice.schema()));
        databases
                .control()
                .run(handle -> assertThat(role(handle)).isEqualTo(Databases.SERVICE_ROLE));
    }

    @Test
    void aConnectionHandedBackAfterAFailureCarriesNoRole() {
        assertThatThrownBy(() ->
                        databases.tenants().run(alice, tx -> tx.handle().execute("select broken")))
                .isInstanceOf(RuntimeException.class);
        databases
                .control()
                .run(handle -> assertThat(role(handle)).isEqualTo(Databases.SERVICE_ROLE));
    }

    private static List<Map<String, Object>> read(Handle handle, String query) {
        return handle.select(query).mapToMap().list();
    }

    @Test
    void theRoleOfOneTenantCannotReadAnother() {
        assertThatThrownBy(() ->
                        databases
                                .tenants()
                                .run(
                                        alice,
                                        tx ->
                                                read(
                                                        tx.handle(),
                                                        "select * from "
                                                                + bob.schema()
                                                                + ".setting")))
                .hasMessageContaining("permission denied");
    }

    @Test
    void theRoleOfATenantCannotReadTheControlSchema() {
        assertThatThrownBy(() ->
                        databases
                                .tenants()
                                .run(
                                        alice,
                                        tx -> read(tx.handle(), "select * from control.api_key")))
                .hasMessageContaining("permission denied");
    }

    @Test
    void codeThatForgetsToChooseATenantGetsAnErrorAndNoRows() {
        assertThatThrownBy(() ->
                        databases
                                .control()
                                .run(handle ->
                                        read(
                                                handle,
                                                "select * from " + alice.schema() + ".setting")))
                .hasMessageContaining("permission denied");
    }

    @Test
    void noPoolFindsATableWhoseSchemaIsNotNamed() throws SQLException {
        assertThat(searchPath(databases.servicePool())).isEqualTo("pg_catalog, pg_temp");
        assertThat(searchPath(databases.ownerPool())).isEqualTo("pg_catalog, pg_temp");
    }

    private static String searchPath(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("show search_path")) {
            answer.next();
            return answer.getString(1);
        }
    }

    @Test
    void aServiceThatLogsInAsTheOwnerGetsAnErrorAndNoRowsEither() {
        DatabaseSettings oneLogin = poolOfOne(TestDatabase.create(), Optional.empty());
        try (Databases single = Databases.open(oneLogin, TestClock.CLOCK, new MetricRegistry())) {
            single.schemas().makeSpares(1);
            String schema =
                    single.control()
                            .inTransaction(handle ->
                                    databases.schemas().claim(handle, Instant.EPOCH).orElseThrow());
            assertThatThrownBy(() ->
                            single.control()
                                    .run(handle ->
                                            read(handle, "select * from " + schema + ".setting")))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void anUnqualifiedTableNameIsAnErrorAndNeverAnotherTenantsTable() {
        assertThatThrownBy(() ->
                        databases
                                .tenants()
                                .run(alice, tx -> read(tx.handle(), "select * from setting")))
                .hasMessageContaining("does not exist");
    }

    @Test
    void theLedgerIsAppendOnlyForTheTenantsOwnRoleToo() {
        assertThatThrownBy(() ->
                        databases
                                .tenants()
                                .run(
                                        alice,
                                        tx ->
                                                tx.update(
                                                                "update <t>.ledger_entry set points = points + 1")
                                                        .execute()))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() ->
                        databases
                                .tenants()
                                .run(
                                        alice,
                                        tx -> tx.update("delete from <t>.ledger_entry").execute()))
                .hasMessageContaining("permission denied");
    }

    @Test
    void aTransactionOfAnotherTenantCannotBeOpenedWithinOne() {
        assertThatThrownBy(() -> databases.tenants().run(alice, tx -> name(bob)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another tenant");
    }

    @Test
    void workWithinATransactionOfTheSameTenantJoinsItAndFailsWithIt() {
        assertThatThrownBy(() ->
                        databases
                                .tenants()
                                .run(
                                        alice,
                                        tx -> {
                                            put(alice, "changed");
                                            throw new IllegalArgumentException("no");
                                        }))
                .hasMessage("no");
        assertThat(name(alice)).isEqualTo("alice");
    }

    @Test
    void actionsAfterCommitRunOnlyWhenThereWasOne() {
        StringBuilder log = new StringBuilder();
        databases.tenants().run(alice, tx -> tx.afterCommit(() -> log.append("done ")));
        assertThatThrownBy(() ->
                        databases
                                .tenants()
                                .run(
                                        alice,
                                        tx -> {
                                            tx.afterCommit(() -> log.append("never"));
                                            throw new IllegalArgumentException("no");
                                        }))
                .hasMessage("no");
        assertThat(log).hasToString("done ");
    }

    @Test
    void aTestSideAnswersWithItsOwnClock() {
        TenantRef test =
                new TenantRef(
                        bob.id(), Side.TEST, bob.schema(), ZoneOffset.UTC, "VN", Locale.of("vi"));
        databases
                .tenants()
                .run(
                        bob,
                        tx ->
                                tx.update(
                                                "insert into <t>.setting values ('test_clock', '\"2031-05-01T00:00:00Z\"', 1, :now)")
                                        .bind("now", tx.now())
                                        .execute());
        assertThat(databases.tenants().<Instant>inTransaction(test, TenantTx::now))
                .isEqualTo(Instant.parse("2031-05-01T00:00:00Z"));
    }

    private static TenantRef claim() {
        String schema =
                databases
                        .control()
                        .inTransaction(handle ->
                                databases.schemas().claim(handle, Instant.EPOCH).orElseThrow());
        return new TenantRef(
                TenantId.next(), Side.LIVE, schema, ZoneOffset.UTC, "VN", Locale.of("vi"));
    }

    private static void put(TenantRef tenant, String name) {
        databases
                .tenants()
                .run(
                        tenant,
                        tx ->
                                tx.update(
                                                """
                                                insert into <t>.setting (key, value, version, updated_at)
                                                values ('name', to_jsonb(:name::text), 1, :now)
                                                on conflict (key) do update set value = excluded.value
                                                """)
                                        .bind("name", name)
                                        .bind("now", tx.now())
                                        .execute());
    }

    private static String name(TenantRef tenant) {
        return databases
                .tenants()
                .inTransaction(
                        tenant,
                        tx ->
                                tx.query(
                                                "select value #>> '{}' from <t>.setting where key = 'name'")
                                        .mapTo(String.class)
                                        .one());
    }

    private static String role(Handle handle) {
        return handle.createQuery("select current_user").mapTo(String.class).one();
    }
}
