package io.regulars.bench;

import io.regulars.bench.year.YearBench;
import java.util.List;

/** All benches, in the order of the report. */
final class Benches {

    static final List<Bench> ALL =
            List.of(
                    new MailBench(),
                    new ThanksBench(),
                    new TenantsBench(),
                    new SignupsBench(),
                    new StormBench(),
                    new YearBench(),
                    new StartBench(),
                    new ReportsBench());

    private Benches() {}
}
