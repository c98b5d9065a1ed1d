package io.regulars.edge.imports;

import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.http.Cursor;
import io.regulars.platform.http.Page;
import io.regulars.platform.http.PageRequest;
import io.regulars.platform.http.Positions;
import io.regulars.platform.http.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** What became of imports. */
public final class ShowImports {

    private static final int EXPORT_PAGE = 1_000;

    private final TenantDb tenants;

    public ShowImports(TenantDb tenants) {
        this.tenants = tenants;
    }

    /**
     * @throws Problem 404
     */
    ImportJob get(TenantRef tenant, String id) {
        return ImportId.parse(id)
                .flatMap(parsed ->
                        tenants.inTransaction(tenant, tx -> new ImportDao(tx).find(parsed)))
                .filter(job -> job.state() != ImportJob.State.STORING)
                .orElseThrow(() -> Problem.notFound("import"));
    }

    Page<ImportJob> list(TenantRef tenant, PageRequest page) {
        List<ImportJob> jobs =
                tenants.inTransaction(
                        tenant,
                        tx -> new ImportDao(tx).page(Positions.id(page.after()), page.fetch()));
        return page.page(jobs, job -> job.id().uuid().toString(), job -> job);
    }

    Page<RowError> errors(TenantRef tenant, String id, PageRequest page) {
        ImportJob job = get(tenant, id);
        RowError after = page.after().map(ShowImports::place).orElse(new RowError(0, "", ""));
        List<RowError> errors =
                tenants.inTransaction(
                        tenant,
                        tx ->
                                new ErrorDao(tx)
                                        .page(job.id(), after.line(), after.code(), page.fetch()));
        return page.page(errors, error -> error.line() + " " + error.code(), error -> error);
    }

    /** All of them, as a file that is safe to open in a spreadsheet. */
    void writeErrors(TenantRef tenant, ImportJob job, OutputStream out) throws IOException {
        try (SafeCsv csv = new SafeCsv(out)) {
            csv.row("line", "code", "detail");
            RowError last = new RowError(0, "", "");
            List<RowError> errors = errorsBehind(tenant, job, last);
            while (!errors.isEmpty()) {
                for (RowError error : errors) {
                    csv.row(Long.toString(error.line()), error.code(), error.detail());
                    last = error;
                }
                errors = errorsBehind(tenant, job, last);
            }
        }
    }

    private List<RowError> errorsBehind(TenantRef tenant, ImportJob job, RowError last) {
        return tenants.inTransaction(
                tenant,
                tx -> new ErrorDao(tx).page(job.id(), last.line(), last.code(), EXPORT_PAGE));
    }

    private static RowError place(Cursor cursor) {
        String[] parts = cursor.position().split(" ", 2);
        if (parts.length != 2 || !parts[0].matches("[0-9]{1,18}")) {
            throw Cursor.refused();
        }
        return new RowError(Long.parseLong(parts[0]), parts[1], "");
    }
}
