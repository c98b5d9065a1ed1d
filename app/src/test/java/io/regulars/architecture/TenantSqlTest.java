package io.regulars.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All SQL on tenants' data, in the code and in the migrations, keeps to {@link TenantSqlRule}. */
class TenantSqlTest {

    private static final int TABLES_PER_TENANT = 25;

    /** Names of tables that only the running program knows, and what they can be. */
    private static final Map<String, List<String>> CHOSEN_TABLES =
            // The kept answers of a tenant's calls, and of those that have no tenant.
            Map.of(
                    "io.regulars.platform.retries.RetryDao ⟦table⟧",
                    List.of("<t>.idempotency", "control.idempotency"));

    /** Their SQL makes schemas, roles and databases, or asks the catalogue; it is nobody's data. */
    private static final Set<String> MAKERS_OF_SCHEMAS =
            Set.of("io.regulars.platform.db", "io.regulars.platform.embedded");

    private static final Pattern STATEMENT =
            Pattern.compile(
                    """
                    \\s*(select\\s|insert\\s+into\\s|delete\\s+from\\s|update\\s+\\S+(\\s+(as\\s+)?\\w+)?\\s+set\\s\
                    |with\\s+(recursive\\s+)?\\w+\\s*(\\([^)]*\\)\\s*)?as\\s|merge\\s+into\\s|truncate\\s|copy\\s\
                    |(create|alter|drop)\\s+(table|index|role|schema|function|trigger|view|sequence)\\s\
                    |(grant|revoke)\\s.*\\son\\s).*\
                    """,
                    Pattern.DOTALL);

    record Found(String where, Sql sql) {}

    @Test
    void theServicesStatementsMayRunOnAShardingEngine() {
        assertThat(violations(statementsOfTheCode())).isEmpty();
    }

    @Test
    void theMigrationsMayRunOnAShardingEngine() {
        assertThat(violations(statementsOfTheMigrations())).isEmpty();
    }

    @Test
    void theScannerSeesEveryTableInUse() {
        String code =
                statementsOfTheCode().stream()
                        .map(found -> found.sql().toString())
                        .collect(Collectors.joining("\n"));
        assertThat(tables())
                .as("a table that no statement names is dead, or the scanner is blind")
                .allSatisfy(table -> assertThat(code).contains(table));
    }

    @Test
    void aTenantHasAtMostTwentyFiveTables() {
        assertThat(tables())
                .as("each table costs files, catalogue rows and memory, times ten thousand tenants")
                .hasSizeLessThanOrEqualTo(TABLES_PER_TENANT)
                .doesNotHaveDuplicates();
    }

    @Test
    void everyTableIsInExactlyOneGrantToTheTenantsOwnRole() {
        List<Sql> grants =
                statementsOfTheMigrations().stream()
                        .map(Found::sql)
                        .filter(sql -> sql.startsWith("grant"))
                        .toList();
        assertThat(grants)
                .as("only the tenant's own role may see its schema")
                .allMatch(sql -> sql.at(sql.tokens().size() - 2).equals("to"))
                .allMatch(sql -> sql.at(sql.tokens().size() - 1).equals("<t>"));
        assertThat(
                        grants.stream()
                                .flatMap(sql ->
                                        sql.tokens().stream().filter(TenantSqlTest::isTable)))
                .as("a grant on all tables of a schema is slow where there are many schemas")
                .containsExactlyInAnyOrderElementsOf(tables());
    }

    @ParameterizedTest
    @MethodSource("badStatements")
    void aStatementThatBreaksARuleIsRefusedByIt(TenantSqlRule rule, String statement) {
        assertThat(TenantSqlRule.brokenBy(Sql.of(statement)))
                .as(rule.because())
                .containsExactly(rule);
    }

    @Test
    void everyRuleIsProvenAbleToFail() {
        assertThat(badStatements().map(row -> row.get()[0]).distinct())
                .containsExactlyInAnyOrder((Object[]) TenantSqlRule.values());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*), a.id from <t>.member a join <t>.lot l on l.member_id = a.id for update of a",
                "select id from <t>.member m, unnest(:ids, :names) as n (id, name) where n.id = m.id",
                "with due as (select id from <t>.message limit 5), x (a) as materialized (select 1) "
                        + "update <t>.message m set state = 'sending' from due, x where due.id = m.id",
                "insert into <t>.setting as s (key) values (:now) on conflict (key) do update set key = excluded.key",
                "insert into <t>.lot (id) select * from unnest(:ids)",
                "select extract(year from joined_at), substring(name from 2) from <t>.member",
                "select id from <t>.member where (expires_at is null or expires_at > :now) and id > coalesce(:after, '')",
                "select id from <t>.member where name is distinct from :name and email is not distinct from :email",
                "select exists (select from <t>.member), 'now or never', \"from\" from <t>.purchase",
                "select row_number() over (partition by member_id order by id) from <t>.message",
                "delete from <t>.message m using <t>.campaign c where c.id = m.campaign_id -- from member",
                "insert into control.lane (queue, served_at) values (:queue, clock_timestamp())",
                "create unique index on <t>.member (lower(email)) where email is not null",
                "create table <t>.x (id uuid primary key, n int not null default 0, m uuid references <t>.member (id))",
                "alter table <t>.x add column y text default 'none'",
                "grant select, insert, update on <t>.x, <t>.y to <t>",
            })
    void aStatementThatKeepsTheRulesPasses(String statement) {
        assertThat(violations(List.of(new Found("here", Sql.of(statement))))).isEmpty();
    }

    static Stream<Arguments> badStatements() {
        return Stream.of(reachingTooFar(), leftToTheServer(), tyingTheSchemaDown())
                .flatMap(rows -> rows);
    }

    private static Stream<Arguments> reachingTooFar() {
        return Stream.of(
                        bad(
                                TenantSqlRule.NO_MODIFYING_CTE,
                                "with gone as (delete from <t>.lot returning id) select id from gone",
                                "with a as (select 1), b as not materialized (insert into <t>.lot (id) select :id returning id) "
                                        + "select id from b",
                                "with u as materialized (update <t>.lot set points = 1 returning id) select id from u"),
                        bad(
                                TenantSqlRule.NOT_BESIDE_CONTROL,
                                "select m.id from <t>.member m join control.tenant t on t.id = m.id",
                                "insert into control.lane (queue) select id from <t>.message",
                                "delete from <t>.message where id in (select job_name from quartz.qrtz_triggers)"),
                        bad(
                                TenantSqlRule.QUALIFIED_TABLES,
                                "select id from member",
                                "select id from <t>.member m, lot l",
                                "select id from <t>.member left join lot on true",
                                "select id from <t>.member where id in (select member_id from lot)",
                                "insert into member (id) values (:id)",
                                "update member set name = :name",
                                "update <t>.lot l set points = 1 from purchase p where p.id = l.purchase_id",
                                "delete from <t>.lot using purchase p where true",
                                "select id from public.member",
                                "select id from t_other.member",
                                "select id from ⟦table⟧ where id = :id",
                                "create table member (id uuid primary key)",
                                "create index on member (id)",
                                "alter table if exists member add column x int",
                                "grant select on all tables in schema <t> to <t>"),
                        bad(
                                TenantSqlRule.ONE_TENANT,
                                "select t_01k9f3v8q5e6nabcdefghjkmnp.member.id from <t>.member"))
                .flatMap(rows -> rows);
    }

    private static Stream<Arguments> leftToTheServer() {
        return Stream.of(
                        bad(
                                TenantSqlRule.NO_SERVER_CLOCK,
                                "update <t>.member set updated_at = now()",
                                "select id from <t>.lot where expires_at < current_timestamp",
                                "select id from <t>.lot where expires_at < pg_catalog.clock_timestamp()",
                                "select id from <t>.member where joined_at > 'today'::timestamptz",
                                "select id from <t>.member where birthday_counts_from < current_date"),
                        bad(
                                TenantSqlRule.NO_SERVER_RANDOM,
                                "insert into <t>.lot (id) values (gen_random_uuid())",
                                "select id from <t>.member order by random() limit 1",
                                "insert into <t>.lot (id) select uuidv7() from unnest(:points)"),
                        bad(
                                TenantSqlRule.NO_TABLE_FROM_QUERY,
                                "create table <t>.copy as select id from <t>.member",
                                "select id into <t>.copy from <t>.member"),
                        bad(
                                TenantSqlRule.NO_SEQUENCE,
                                "create table <t>.x (id bigserial primary key)",
                                "create table <t>.x (id bigint generated always as identity)",
                                "insert into <t>.x (id) values (nextval('s'))"),
                        bad(
                                TenantSqlRule.NO_INHERITANCE,
                                "create table <t>.x (y int) inherits (<t>.member)",
                                "create table <t>.x (y date) partition by range (y)",
                                "create table <t>.x partition of <t>.member for values in (1)",
                                "alter table <t>.x attach partition <t>.y for values in (1)"))
                .flatMap(rows -> rows);
    }

    private static Stream<Arguments> tyingTheSchemaDown() {
        return Stream.of(
                        bad(
                                TenantSqlRule.ONLY_TABLES,
                                "create trigger touch before update on <t>.member for each row execute function f()",
                                "create or replace function <t>.f() returns int language sql as $$ $$",
                                "create type <t>.mood as enum ('good')",
                                "create view <t>.v as select id from <t>.member",
                                "alter table <t>.member disable trigger all",
                                "do $$ begin end $$"),
                        bad(
                                TenantSqlRule.NAMED_COLUMNS,
                                "select * from <t>.member",
                                "select m.* from <t>.member m",
                                "select id, * from <t>.member",
                                "delete from <t>.lot where id = :id returning *"),
                        bad(
                                TenantSqlRule.NO_SUBQUERY_IN_VALUES,
                                "insert into <t>.lot (id, points) values (:id, (select max(points) from <t>.lot))"),
                        bad(
                                TenantSqlRule.FOREIGN_KEYS_AT_HOME,
                                "create table <t>.x (tenant_id uuid references tenant (id))",
                                "alter table <t>.x add foreign key (y) references other.z (y)"),
                        bad(
                                TenantSqlRule.NO_COMPUTED_DEFAULT,
                                "create table <t>.x (code text default md5('x'))",
                                "alter table <t>.x alter column y set default lower('X')"),
                        bad(
                                TenantSqlRule.NO_OPTIONAL_RANGE,
                                "select id from <t>.member where (:after::uuid is null or id > :after) order by id",
                                "select m.id from <t>.member m where (:before is null or m.id <= :before)"))
                .flatMap(rows -> rows);
    }

    private static Stream<Arguments> bad(TenantSqlRule rule, String... statements) {
        return Arrays.stream(statements).map(statement -> Arguments.of(rule, statement));
    }

    private static List<String> violations(List<Found> statements) {
        List<String> violations = new ArrayList<>();
        for (Found found : statements) {
            boolean control = found.sql().ofControl() && !found.sql().ofTenant();
            for (TenantSqlRule rule :
                    control ? List.<TenantSqlRule>of() : TenantSqlRule.brokenBy(found.sql())) {
                violations.add(
                        "%s: %s, because %s: %s"
                                .formatted(found.where(), rule, rule.because(), found.sql()));
            }
        }
        return violations;
    }

    private static List<Found> statementsOfTheCode() {
        return Sources.texts().stream().flatMap(TenantSqlTest::statements).toList();
    }

    private static Stream<Found> statements(Sources.Text text) {
        boolean nobodysData =
                MAKERS_OF_SCHEMAS.contains(text.packageName()) && !text.value().contains("<t>.");
        if (nobodysData || (!text.value().contains("<t>.") && !isStatement(text.value()))) {
            return Stream.of();
        }
        return withTables(text).map(sql -> new Found(text.className(), Sql.of(sql)));
    }

    private static boolean isStatement(String text) {
        return STATEMENT.matcher(text).matches();
    }

    private static Stream<String> withTables(Sources.Text text) {
        for (Map.Entry<String, List<String>> chosen : CHOSEN_TABLES.entrySet()) {
            String[] place = chosen.getKey().split(" ", 2);
            if (text.className().equals(place[0]) && text.value().contains(place[1])) {
                return chosen.getValue().stream()
                        .map(table -> text.value().replace(place[1], table));
            }
        }
        return Stream.of(text.value());
    }

    private static List<Found> statementsOfTheMigrations() {
        Path folder = Sources.ROOT.resolve("migrations/tenant");
        return Sources.files(folder).stream()
                .flatMap(file ->
                        Sql.script(Sources.read(file)).stream()
                                .map(sql -> new Found(file.getFileName().toString(), sql)))
                .toList();
    }

    private static List<String> tables() {
        return statementsOfTheMigrations().stream()
                .map(Found::sql)
                .filter(sql -> sql.startsWith("create", "table"))
                .map(sql -> sql.at(2))
                .toList();
    }

    private static boolean isTable(String token) {
        return token.startsWith("<t>.");
    }
}
