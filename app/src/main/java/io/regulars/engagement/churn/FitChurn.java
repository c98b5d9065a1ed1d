package io.regulars.engagement.churn;

import io.regulars.loyalty.purchases.BuyingDays;
import io.regulars.loyalty.purchases.SilentBuyers;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.time.LocalTimes;
import io.regulars.platform.work.LaneWork;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Learns each shop's rhythm anew every night, from the day on which it has enough buyers who came
 * back. The reading and the keeping are two transactions, with the arithmetic between them.
 */
public final class FitChurn implements LaneWork {

    public static final String QUEUE = "churn";

    /** By then the day before is in, late tills included, and no campaign has begun. */
    private static final LocalTime HOUR = LocalTime.of(2, 0);

    private final TenantDb tenants;

    public FitChurn(TenantDb tenants) {
        this.tenants = tenants;
    }

    @Override
    public String queue() {
        return QUEUE;
    }

    /** What a fit begins with. */
    private record Buyers(List<Rhythm> rhythms) {}

    @Override
    public Optional<Instant> serve(TenantRef tenant) {
        Optional<Buyers> buyers =
                tenants.inTransaction(
                        tenant,
                        tx ->
                                due(tx).filter(moment -> !moment.isAfter(tx.now()))
                                        .map(moment -> buyers(tx)));
        if (buyers.isPresent()) {
            List<Rhythm> rhythms = buyers.get().rhythms();
            ChurnModel model = ChurnModel.fit(rhythms);
            tenants.run(tenant, tx -> ChurnModels.keep(tx, model, rhythms.size()));
        }
        return nextDue(tenant);
    }

    @Override
    public Optional<Instant> nextDue(TenantRef tenant) {
        return tenants.inTransaction(tenant, FitChurn::due);
    }

    private static Optional<Instant> due(TenantTx tx) {
        Optional<ChurnModels.Fitted> latest = ChurnModels.find(tx);
        if (latest.isPresent()) {
            return Optional.of(nightAfter(latest.get().fittedAt(), tx.tenant().zone()));
        }
        return SilentBuyers.areRepeating(tx, ChurnModel.ENOUGH_REPEAT_BUYERS)
                ? Optional.of(tx.now())
                : Optional.empty();
    }

    private static Instant nightAfter(Instant moment, ZoneId zone) {
        LocalDate day = LocalTimes.day(moment, zone);
        Instant sameDay = LocalTimes.at(day, HOUR, zone);
        return sameDay.isAfter(moment) ? sameDay : LocalTimes.at(day.plusDays(1), HOUR, zone);
    }

    private static Buyers buyers(TenantTx tx) {
        ZoneId zone = tx.tenant().zone();
        LocalDate today = LocalTimes.day(tx.now(), zone);
        return new Buyers(
                SilentBuyers.everyone(tx).stream()
                        .map(buyer -> rhythm(buyer, zone, today))
                        .toList());
    }

    private static Rhythm rhythm(BuyingDays buyer, ZoneId zone, LocalDate today) {
        LocalDate last = LocalTimes.day(buyer.last(), zone);
        // A till whose clock is a little ahead may have sold tomorrow.
        return Rhythm.ofDays(
                buyer.days(),
                LocalTimes.day(buyer.first(), zone),
                last,
                last.isAfter(today) ? last : today);
    }
}
