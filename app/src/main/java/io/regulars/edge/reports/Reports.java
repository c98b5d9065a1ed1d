package io.regulars.edge.reports;

import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Problem;
import org.jspecify.annotations.Nullable;

/** Makes reports; each in one transaction. */
final class Reports {

    private final TenantDb tenants;
    private final Programs programs;

    Reports(TenantDb tenants, Programs programs) {
        this.tenants = tenants;
        this.programs = programs;
    }

    /**
     * What is asked for.
     *
     * @param marginPercent what is left of a price, for the overview
     */
    record Question(
            Kind kind,
            @Nullable String from,
            @Nullable String to,
            @Nullable Integer marginPercent) {}

    /** The reports that there are. */
    enum Kind {
        OVERVIEW,
        LIABILITY,
        RETENTION,
        FREQUENCY,
        TIERS,
        CAMPAIGNS,
        SEGMENTS,
        NPS
    }

    Report make(TenantRef tenant, Question question) {
        return tenants.inTransaction(tenant, tx -> make(tx, question));
    }

    /**
     * @throws Problem 422 for a time that is none
     */
    Report make(TenantTx tx, Question question) {
        Period period = Period.of(tx, question.from(), question.to());
        Program program = programs.inForce(tx).program();
        String currency = program.currency();
        return switch (question.kind()) {
            case OVERVIEW -> BuyingReports.overview(tx, period, currency, question.marginPercent());
            case LIABILITY -> LiabilityReport.of(tx, period, program);
            case RETENTION -> BuyingReports.retention(tx, period, currency);
            case FREQUENCY -> BuyingReports.frequency(tx, period, currency);
            case TIERS -> MemberReports.tiers(tx, period, program);
            case CAMPAIGNS -> CampaignReport.of(tx, period, currency);
            case SEGMENTS -> MemberReports.segments(tx, period, currency);
            case NPS -> MemberReports.nps(tx, period, currency);
        };
    }
}
