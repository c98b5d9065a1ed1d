package io.regulars.edge;

import io.regulars.edge.exports.DropOldFiles;
import io.regulars.edge.exports.ExportResource;
import io.regulars.edge.exports.ExportWork;
import io.regulars.edge.exports.Exports;
import io.regulars.edge.exports.FilesOfMember;
import io.regulars.edge.exports.VoucherBatchResource;
import io.regulars.edge.imports.ImportResource;
import io.regulars.edge.imports.ImportWork;
import io.regulars.edge.imports.InviteMembers;
import io.regulars.edge.imports.RefundImported;
import io.regulars.edge.imports.ShowImports;
import io.regulars.edge.imports.StoreImport;
import io.regulars.edge.imports.SweepUploads;
import io.regulars.edge.reports.ReportsModule;
import io.regulars.edge.testclock.TestClockResource;
import io.regulars.edge.testclock.TestClocks;
import io.regulars.loyalty.LoyaltyModule;
import io.regulars.loyalty.members.Belongings;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.time.Clock;
import io.regulars.platform.work.LaneWorkers;
import io.regulars.tenancy.tenants.TenantDirectory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Makes what meets the outside beside plain calls: imports, exports, reports, the test clock. */
public final class EdgeModule {

    /** Imports are heavy; two shops' at a time leave room for the tills. */
    private static final int IMPORTERS = 2;

    private static final int EXPORTERS = 1;

    private final Outside outside;

    /** What the storey takes from below. */
    public record Outside(
            TenantDirectory directory,
            TenantDb tenants,
            Clock clock,
            LoyaltyModule loyalty,
            TestClocks testClocks,
            LaneWorkers workers) {}

    public EdgeModule(Outside outside) {
        this.outside = outside;
    }

    public void work(LaneWorkers workers) {
        LoyaltyModule loyalty = outside.loyalty();
        workers.register(
                new ImportWork(
                        outside.tenants(),
                        new ImportWork.Takers(
                                loyalty.enrolMembers(),
                                loyalty.recordPurchases(),
                                new RefundImported(loyalty.refundPurchase()),
                                loyalty.openingBalances())),
                IMPORTERS);
        workers.register(new ExportWork(outside.tenants()), EXPORTERS);
    }

    /** What of members is kept in this storey. */
    public static List<Belongings> belongings() {
        return List.of(new FilesOfMember());
    }

    /** What is tidied up in each side of each tenant. */
    public Consumer<TenantRef> sweep() {
        SweepUploads sweepUploads = new SweepUploads(outside.tenants(), outside.clock());
        DropOldFiles dropOldFiles = new DropOldFiles(outside.tenants());
        return side -> {
            int _ = sweepUploads.sweep(side);
            int _ = dropOldFiles.sweep(side);
        };
    }

    /** The storey's endpoints, for the OpenAPI document. */
    public static Set<Class<?>> resources() {
        Set<Class<?>> all = new HashSet<>(ReportsModule.resources());
        all.addAll(
                Set.of(
                        ExportResource.class,
                        VoucherBatchResource.class,
                        ImportResource.class,
                        TestClockResource.class));
        return all;
    }

    public List<Object> endpoints() {
        Exports exports =
                new Exports(outside.tenants(), outside.loyalty().programs(), outside.workers());
        List<Object> endpoints =
                new ArrayList<>(
                        new ReportsModule(outside.tenants(), outside.loyalty().programs())
                                .endpoints());
        endpoints.addAll(
                List.of(
                        new ExportResource(exports),
                        new VoucherBatchResource(exports),
                        new ImportResource(
                                new StoreImport(
                                        outside.tenants(), outside.clock(), outside.workers()),
                                new ShowImports(outside.tenants()),
                                new InviteMembers(
                                        outside.directory(), outside.tenants(), outside.workers())),
                        new TestClockResource(outside.testClocks(), outside.workers())));
        return endpoints;
    }
}
