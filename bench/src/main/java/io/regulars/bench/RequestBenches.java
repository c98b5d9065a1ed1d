package io.regulars.bench;

import java.util.List;

/** The benches of single calls and statements, which stand first in the report. */
final class RequestBenches {

    static final List<Bench> ALL =
            List.of(new PurchaseBench(), new ReadBench(), new ImportBench(), new SqlBench());

    private RequestBenches() {}
}
