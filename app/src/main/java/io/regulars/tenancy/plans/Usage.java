package io.regulars.tenancy.plans;

import io.regulars.platform.db.ControlDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;

/** What a shop uses of its plan. */
public final class Usage {

    private final ControlDb control;
    private final Clock clock;
    private final Counts counts;

    /** Counts what lies in a shop's schema; the storeys above implement it. */
    public interface Counts {

        /** People enrolled. */
        long members(TenantRef side);

        /** Mails handed over from the first moment on, before the second. */
        long mails(TenantRef side, Instant from, Instant before);
    }

    public Usage(ControlDb control, Clock clock, Counts counts) {
        this.control = control;
        this.clock = clock;
        this.counts = counts;
    }

    long members(TenantRef side) {
        return counts.members(side);
    }

    long mails(TenantRef side, YearMonth month) {
        return counts.mails(side, start(month), start(month.plusMonths(1)));
    }

    /** The same for any span. */
    public long mails(TenantRef side, Instant from, Instant before) {
        return counts.mails(side, from, before);
    }

    /** People who work for the shop and open invitations. */
    int team(TenantId tenant) {
        return control.inTransaction(handle -> new SeatDao(handle).taken(tenant, clock.now()));
    }

    /** Months begin for all shops at once, as Stripe's do. */
    YearMonth month() {
        return YearMonth.from(clock.now().atOffset(ZoneOffset.UTC));
    }

    public static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
