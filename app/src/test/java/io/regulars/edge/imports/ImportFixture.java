package io.regulars.edge.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.regulars.loyalty.adjustments.OpeningBalances;
import io.regulars.loyalty.ledger.Reconciliation;
import io.regulars.loyalty.members.EnrolMembers;
import io.regulars.loyalty.members.NewZones;
import io.regulars.loyalty.presets.Presets;
import io.regulars.loyalty.program.EarningRule;
import io.regulars.loyalty.program.LocalText;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.publishing.FirstProgram;
import io.regulars.loyalty.purchases.RecordPurchases;
import io.regulars.loyalty.purchases.RefundPurchase;
import io.regulars.platform.db.DatabaseSettings;
import io.regulars.platform.db.Databases;
import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.http.PageRequest;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.work.Lanes;
import io.regulars.testing.TestClock;
import io.regulars.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A database, shops in it with one point per hundred, and the room's use cases. */
final class ImportFixture implements AutoCloseable {

    static final String LINES_HEADER =
            "source,order_id,member_external_id,purchased_at,amount,sku,category,quantity,line_amount";

    private final DatabaseSettings settings = TestDatabase.create();
    final Databases databases = Databases.open(settings, TestClock.CLOCK, new MetricRegistry());
    final TenantDb tenants = databases.tenants();
    final List<String> noted = new CopyOnWriteArrayList<>();
    final Lanes lanes = (queue, tenant) -> noted.add(queue);
    final Programs programs = new Programs();
    final NewZones newZones = new NewZones(tenant -> {});
    final EnrolMembers enrolMembers = new EnrolMembers(programs, newZones, List.of());
    final StoreImport storeImport = new StoreImport(tenants, TestClock.CLOCK, lanes);
    final ShowImports showImports = new ShowImports(tenants);
    final ImportWork work = new ImportWork(tenants, takers(programs, enrolMembers));

    private static ImportWork.Takers takers(Programs programs, EnrolMembers enrolMembers) {
        return new ImportWork.Takers(
                enrolMembers,
                new RecordPurchases(programs),
                new RefundImported(new RefundPurchase(programs)),
                new OpeningBalances(programs));
    }

    /** A worker that has seen nothing yet and ends its slice after one batch. */
    ImportWork hastyWork() {
        Programs unread = new Programs();
        return new ImportWork(
                tenants,
                takers(unread, new EnrolMembers(unread, newZones, List.of())),
                Duration.ZERO);
    }

    /** Whether anybody else is working in the database at this moment. */
    boolean isInATransaction() {
        return number(
                        """
                        select count(*) from pg_stat_activity
                         where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null
                        """)
                > 0;
    }

    /** How far the imports of this shop have got, asked for on a connection that is not cut. */
    long checkpoint(TenantRef shop) {
        return number("select max(checkpoint) from " + shop.schema() + ".import_job");
    }

    private long number(String sql) {
        return TestDatabase.number(settings, sql);
    }

    /** Cuts every connection to the database, whatever it is doing. */
    void cutConnections() {
        TestDatabase.change(
                settings,
                """
                select pg_terminate_backend(pid) from pg_stat_activity
                 where datname = current_database() and pid <> pg_backend_pid()
                """);
    }

    TenantRef unpublishedShop() {
        databases.schemas().makeSpares(1);
        String schema =
                databases
                        .control()
                        .inTransaction(
                                h -> databases.schemas().claim(h, Instant.EPOCH).orElseThrow());
        return new TenantRef(
                TenantId.next(),
                Side.LIVE,
                schema,
                ZoneId.of("Asia/Ho_Chi_Minh"),
                "VN",
                Locale.of("vi"));
    }

    /** For looking at the database from outside; the caller closes it. */
    Connection superuser() throws SQLException {
        return TestDatabase.superuserConnection(settings);
    }

    TenantRef shop() {
        return shop("USD");
    }

    TenantRef shop(String currency) {
        TenantRef shop = unpublishedShop();
        LocalText point = LocalText.of("point");
        Program program =
                Program.simple(
                        point,
                        new Program.Unit(point, point),
                        currency,
                        List.of(
                                EarningRule.of(
                                        "spend", "purchase", EarningRule.Points.perAmount(100, 1))),
                        List.of());
        new FirstProgram(tenants, new Presets()).publish(shop, program, "test");
        return shop;
    }

    ImportId store(TenantRef shop, ImportKind kind, String csv) {
        return store(shop, kind, new ByteArrayInputStream(csv.getBytes(UTF_8)));
    }

    ImportId store(TenantRef shop, ImportKind kind, InputStream csv) {
        return storeImport.store(shop, kind, new ImportJob.Options(true, null, false), csv);
    }

    void workOff(TenantRef shop) {
        while (work.serve(shop).isPresent()) {
            // the next slice
        }
    }

    ImportJob imported(TenantRef shop, ImportKind kind, String csv) {
        ImportId id = store(shop, kind, csv);
        workOff(shop);
        return job(shop, id);
    }

    ImportJob job(TenantRef shop, ImportId id) {
        return showImports.get(shop, id.toString());
    }

    /** As {@code line code}. */
    List<String> errors(TenantRef shop, ImportId id) {
        return showImports.errors(shop, id.toString(), PageRequest.of("200", null)).data().stream()
                .map(error -> error.line() + " " + error.code())
                .toList();
    }

    long count(TenantRef shop, String select) {
        return tenants.inTransaction(shop, tx -> tx.query(select).mapTo(Long.class).one());
    }

    List<Map<String, Object>> rows(TenantRef shop, String select) {
        return tenants.inTransaction(shop, tx -> tx.query(select).mapToMap().list());
    }

    List<Reconciliation.Difference> differences(TenantRef shop) {
        return tenants.inTransaction(shop, Reconciliation::differences);
    }

    static String nineThousandRows() {
        StringBuilder csv = new StringBuilder(LINES_HEADER);
        for (int i = 0; i < 9_000; i++) {
            csv.append("\r\npos,").append(i).append(",m").append(i % 700).append(",2026-01-01,");
            csv.append(i).append(i % 3 == 0 ? ",\"two\r\nlines\",,1,0" : ",,,,");
        }
        return csv.toString();
    }

    void assertNineThousand(TenantRef shop, ImportId id) {
        assertThat(job(shop, id).state()).isEqualTo(ImportJob.State.COMPLETED);
        assertThat(job(shop, id).counts()).isEqualTo(new ImportJob.Counts(9_000, 0, 0));
        assertThat(count(shop, "select count(*) from <t>.purchase")).isEqualTo(9_000);
        assertThat(count(shop, "select count(*) from <t>.purchase_line")).isEqualTo(3_000);
        assertThat(count(shop, "select sum(amount)::bigint from <t>.purchase"))
                .isEqualTo(9_000L * 8_999 / 2);
        assertThat(differences(shop)).isEmpty();
    }

    @Override
    public void close() {
        databases.close();
    }
}
