package io.regulars.loyalty.rewards;

import io.regulars.events.Event;
import io.regulars.events.Outbox;
import io.regulars.loyalty.ledger.Ledger;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.work.LaneWork;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Gives the points of holds back that nobody committed in time. */
final class ExpireHolds implements LaneWork {

    static final String QUEUE = "holds";

    private static final int MOST_AT_ONCE = 100;

    private final TenantDb tenants;
    private final Programs programs;

    ExpireHolds(TenantDb tenants, Programs programs) {
        this.tenants = tenants;
        this.programs = programs;
    }

    @Override
    public String queue() {
        return QUEUE;
    }

    @Override
    public Optional<Instant> serve(TenantRef tenant) {
        return tenants.inTransaction(
                tenant,
                tx -> {
                    expire(tx);
                    return new VoucherDao(tx).nextHoldEnd();
                });
    }

    @Override
    public Optional<Instant> nextDue(TenantRef tenant) {
        return tenants.inTransaction(tenant, tx -> new VoucherDao(tx).nextHoldEnd());
    }

    private void expire(TenantTx tx) {
        VoucherDao dao = new VoucherDao(tx);
        List<VoucherRow> over = dao.holdsOver(MOST_AT_ONCE);
        if (over.isEmpty()) {
            return;
        }
        Ledger ledger =
                Ledger.lock(tx, over.stream().flatMap(v -> Stream.ofNullable(v.member())).toList());
        Redemptions redemptions = new Redemptions(tx, ledger, programs.inForce(tx));
        List<Event> events = new ArrayList<>();
        for (UUID id : over.stream().map(VoucherRow::id).sorted().toList()) {
            // Somebody may have cancelled it, or merged its member, while we waited for the locks.
            dao.lock(id)
                    .filter(v -> v.hasHoldRunOut(tx.now()))
                    .filter(v -> ledger.has(Objects.requireNonNull(v.member())))
                    .ifPresent(v -> events.add(redemptions.undo(v)));
        }
        ledger.write();
        Outbox.append(tx, events);
    }
}
